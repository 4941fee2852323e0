export const text = {
  title: 'How satisfied are you with the partnership?',
  body: 'One question per quarter. Your answer is read by the people who run the programme.',
  scores: ['Very unsatisfied', 'Unsatisfied', 'Neither', 'Satisfied', 'Very satisfied'],
  score: (score: number, label: string) => `${score} of 5: ${label}`,
  comment: 'What should we change? (optional)',
  send: 'Send',
  later: 'Later',
  thanks: 'Thank you.',
} as const;
