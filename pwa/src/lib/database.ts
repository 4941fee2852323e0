/** The types of the database as the app uses them: the generated ones, corrected where the generator cannot know better. */
import type { Database as Generated } from './database.types';

type Schema = Generated['public'];

/** Columns of views that are computed and never null; Postgres itself cannot tell. */
interface NeverNull {
  lead_cards: 'days_in_stage';
}

type Corrected<View, Column extends PropertyKey> = View extends { Row: infer Columns }
  ? Omit<View, 'Row'> & {
      Row: { [Key in keyof Columns]: Key extends Column ? NonNullable<Columns[Key]> : Columns[Key] };
    }
  : never;

type Views = {
  [Name in keyof Schema['Views']]: Name extends keyof NeverNull
    ? Corrected<Schema['Views'][Name], NeverNull[Name]>
    : Schema['Views'][Name];
};

export type Database = Omit<Generated, 'public'> & { public: Omit<Schema, 'Views'> & { Views: Views } };

type Relations = Schema['Tables'] & Views;

/** A row of a table or a view. */
export type Row<Name extends keyof Relations> = Relations[Name]['Row'];

/** The values of an enum. */
export type Enum<Name extends keyof Schema['Enums']> = Schema['Enums'][Name];

type Functions = Schema['Functions'];
export type FunctionName = keyof Functions;

/** The arguments of a function: none, or one object. */
export type Arguments<Name extends FunctionName> =
  Record<PropertyKey, never> extends Functions[Name]['Args'] ? [] : [args: Functions[Name]['Args']];

/** What a function returns; of one that returns JSON the caller says what is in it. */
export type Result<Name extends FunctionName> = Functions[Name]['Returns'] extends infer Returns
  ? Record<string, never> extends Returns
    ? unknown
    : Returns
  : never;
