import { setTheme, useTheme, type Theme } from '@/lib/theme';
import { text } from '../messages';

const THEMES: readonly Theme[] = ['dark', 'light', 'system'];

export function ThemeSection() {
  const theme = useTheme();
  return (
    <section className="card p-5">
      <fieldset>
        <legend className="pb-3 font-bold">{text.theme}</legend>
        <div className="grid grid-cols-3 gap-2">
          {THEMES.map((option) => (
            <label
              key={option}
              className="grid min-h-12 place-items-center rounded-xl bg-raised px-2 text-center text-[15px] font-semibold has-checked:bg-accent has-checked:text-white has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text"
            >
              <input
                type="radio"
                name="theme"
                className="sr-only"
                checked={theme === option}
                onChange={() => setTheme(option)}
              />
              {text.themes[option]}
            </label>
          ))}
        </div>
      </fieldset>
    </section>
  );
}
