// The record that `onrecord read --format json` prints.

/** One document with what was found in it. */
export interface Reading {
  /** What made the rows. */
  run: Run;
  /** What was read. */
  document: Document;
  /** Words that name entities. */
  mentions: Mention[];
  /** Who and what is named. */
  entities: Entity[];
  /** Who is reported to have said what. */
  statements: Statement[];
  /** Who is said to have done what to whom. */
  events: Event[];
  /** Places and their positions. */
  places: Place[];
  /** Expressions of time. */
  times: Time[];
  /** Figures with their units. */
  quantities: Quantity[];
  /** Who is said to hold which place. */
  control_claims: ControlClaim[];
  /** Instruments and their terms. */
  commitments: Commitment[];
}

/** The software, weights and settings behind rows. */
export interface Run {
  /** Hash of the other fields. */
  id: string;
  /** Version of onrecord. */
  software: string;
  /** Name and version of the weights. */
  model: string;
  /** SHA-256 over the digests of all files of weights. */
  model_digest: string;
  /** Settings that can change a row, as JSON values. */
  settings: Record<string, unknown>;
}

/** One article as it was read; the text never changes afterwards. */
export interface Document {
  /** Hash of text, address, outlet and date of publication. */
  id: string;
  /** SHA-256 of the text in UTF-8. */
  sha256: string;
  /** Headline. */
  title: string | null;
  /** Who published it. */
  outlet: string | null;
  /** Where it was published, as given. */
  url: string | null;
  /** Who wrote it. */
  author: string | null;
  /** When it was published. Unit: ISO 8601. */
  published: string | null;
  /** Language of the text. Unit: ISO 639-1. */
  language: string | null;
  /** The text; all spans count its code points. */
  text: string;
  /** Pointers to other articles inside it. */
  links: Link[];
}

/** A pointer to another article that stands inside this one. */
export interface Link {
  /** The words of the link. */
  text: string;
  /** Where it leads. */
  url: string | null;
  /** Its line in the text; null when it was taken out of the text. */
  span: Span | null;
}

/** The code points from `start` up to, and without, `end`. */
export interface Span {
  /** Its first code point. Unit: code points, from 0. */
  start: number;
  /** The code point after its last. Unit: code points, from 0. */
  end: number;
  /** The words that stand there. */
  text: string;
}

/** Words that name an entity. */
export interface Mention {
  /** Hash of the document, span and kind. */
  id: string;
  /** The words. */
  span: Span;
  /** What is named. */
  kind: Kind;
  /** Whether the words are a name, a description, a pronoun. */
  form: MentionForm;
  /** The entity named. Names: entity.id. */
  entity: string;
}

/** What an entity is. */
export type Kind =
  | "person"
  | "organization"
  | "place"
  | "nationality"
  | "facility"
  | "weapon"
  | "instrument"
  | "event"
  | "other";

/** How words mention something: by its name alone, by a description, or by a pronoun. */
export type MentionForm =
  | "name"
  | "description"
  | "pronoun";

/** Somebody or something that one document names, however often. */
export interface Entity {
  /** Hash of the document and its mentions. */
  id: string;
  /** Its best name in this document. */
  name: string;
  /** What it is. */
  kind: Kind;
  /** Country and sector in PLOVER's terms; null for things and places. */
  actor: string | null;
  /** Its country. Unit: ISO 3166-1 alpha-3. */
  country: string | null;
  /** Where it is, for places. Names: place.id. */
  place: string | null;
  /** Its mentions. Names: mention.id. */
  mentions: string[];
}

/** Somebody is reported to have said, written, promised, denied or thought something. */
export interface Statement {
  /** Hash of the document and of all spans. */
  id: string;
  /** Who speaks; empty if nobody is named. */
  source: Span[];
  /** The words that report it, such as 'denied'. */
  cue: Span[];
  /** What is said, in text order. */
  content: Span[];
  /** The entity behind the source. Names: entity.id. */
  speaker: string | null;
  /** What the speaker does by it. */
  act: Act;
  /** Whether the cue turns the content down. */
  polarity: Polarity;
  /** How much of the content is quoted. */
  manner: Manner;
  /** To whom it was said, if the text tells. Names: entity.id. */
  addressee: string | null;
  /** Through what it was said, if the text tells. Names: entity.id. */
  medium: string | null;
  /** The statement that reports this one. Names: statement.id. */
  parent: string | null;
  /** Statements around this one. Unit: count. */
  depth: number;
  /** When it was said. Names: time.id. */
  time: string | null;
  /** That this is a statement. Unit: 0 to 1, calibrated. */
  probability: number;
}

/** What a speaker does by the statement. */
export type Act =
  | "assert"
  | "accuse"
  | "deny"
  | "admit"
  | "confirm"
  | "promise"
  | "threaten"
  | "warn"
  | "request"
  | "offer"
  | "criticise"
  | "endorse"
  | "believe"
  | "ask";

/** Whether the cue turns its content down. */
export type Polarity =
  | "affirm"
  | "deny";

/** How much of the content stands in quotation marks: all, none, or some. */
export type Manner =
  | "direct"
  | "indirect"
  | "mixed";

/** One mention of a happening, in PLOVER's terms. */
export interface Event {
  /** Hash of the document, trigger and type. */
  id: string;
  /** The word that names the happening. */
  trigger: Span;
  /** PLOVER's type. */
  type: EventType;
  /** PLOVER's mode, in lower case. */
  mode: string | null;
  /** Who did it. Names: entity.id. */
  actors: string[];
  /** To whom. Names: entity.id. */
  recipients: string[];
  /** Where. Names: place.id. */
  place: string | null;
  /** When. */
  date: EventDate | null;
  /** Whether, in the asserter's view. */
  factuality: Factuality;
  /** Who asserts it; null for the outlet. Names: statement.id. */
  asserted_by: string | null;
  /** Its figures. Names: quantity.id. */
  quantities: string[];
  /** That this is such an event. Unit: 0 to 1, an estimate. */
  probability: number;
  /** Id shared by all mentions of one happening in the document. */
  happening: string;
}

/** PLOVER's sixteen types. */
export type EventType =
  | "AGREE"
  | "CONSULT"
  | "SUPPORT"
  | "CONCEDE"
  | "COOPERATE"
  | "AID"
  | "RETREAT"
  | "REQUEST"
  | "ACCUSE"
  | "REJECT"
  | "THREATEN"
  | "PROTEST"
  | "SANCTION"
  | "MOBILIZE"
  | "COERCE"
  | "ASSAULT";

/** When it happened, and the words that say so. */
export interface EventDate {
  /** The date, as far as it is known. Unit: TIMEX3. */
  value: string;
  /** Its words; null when it is the publication date. */
  span: Span | null;
}

/** Whether it happened, in the view of who asserts it. */
export type Factuality =
  | "actual"
  | "negated"
  | "possible"
  | "planned";

/** A named place, or an area that somebody holds, as far as the text and the gazetteer tell. */
export interface Place {
  /** Hash of the document and mention. */
  id: string;
  /** The words that name it. Names: mention.id. */
  mention: string;
  /** Its name in the gazetteer, else as written. */
  name: string;
  /** Its country. Unit: ISO 3166-1 alpha-3. */
  country: string | null;
  /** First-level division. */
  admin1: string | null;
  /** Its number in GeoNames. */
  geonames_id: number | null;
  /** Latitude. Unit: degrees, WGS 84. */
  lat: number | null;
  /** Longitude. Unit: degrees, WGS 84. */
  lon: number | null;
  /** What the position stands for. */
  precision: Precision | null;
  /** That it is this place. Unit: 0 to 1, calibrated. */
  probability: number;
  /** Places of that name. Unit: count. */
  candidates: number;
}

/** What the position of a place stands for. */
export type Precision =
  | "point"
  | "settlement"
  | "district"
  | "region"
  | "country"
  | "area";

/** A time expression and its value. */
export interface Time {
  /** Hash of the document and span. */
  id: string;
  /** The words. */
  span: Span;
  /** TIMEX3 type. */
  type: TimexType;
  /** TIMEX3 value. Unit: ISO 8601. */
  value: string | null;
}

/** TIMEX3's types. */
export type TimexType =
  | "DATE"
  | "TIME"
  | "DURATION"
  | "SET";

/** A number in the text, what it counts, and how it bounds it. */
export interface Quantity {
  /** Hash of the document and span. */
  id: string;
  /** The words. */
  span: Span;
  /** The number; of a range, its lower end. */
  value: number;
  /** Upper end of a range, else null. */
  upper: number | null;
  /** What is counted, in the singular. */
  unit: string | null;
  /** 'at most', 'at least', 'more than', 'less than', 'about', 'between', or null. */
  comparator: string | null;
}

/** Somebody is said to hold, to have taken, to have lost or to contest a place. */
export interface ControlClaim {
  /** Hash of the document, span, place and holder. */
  id: string;
  /** The words that say so. */
  span: Span;
  /** The place. Names: place.id. */
  place: string;
  /** Whose control changes. Names: entity.id. */
  holder: string | null;
  /** What happened, from the holder's side. */
  change: Change;
  /** Whether, in the asserter's view. */
  factuality: Factuality;
  /** Who asserts it; null for the outlet. Names: statement.id. */
  asserted_by: string | null;
  /** When. */
  date: EventDate | null;
}

/** What happened to the control of a place, from the holder's side. */
export type Change =
  | "taken"
  | "lost"
  | "held"
  | "contested";

/** What a text says of an instrument: parties, limits, dates, verification. */
export interface Commitment {
  /** Hash of the document, span and instrument. */
  id: string;
  /** Its entity, else its name. */
  instrument: string;
  /** The words that speak of it. */
  span: Span;
  /** Who is bound. Names: entity.id. */
  parties: string[];
  /** Its numeric limits. */
  limits: Limit[];
  /** When it was signed. Unit: ISO 8601. */
  signed: string | null;
  /** When it entered into force. Unit: ISO 8601. */
  in_force: string | null;
  /** Until when, or when, it was extended. Unit: ISO 8601. */
  extended: string | null;
  /** When it was suspended. Unit: ISO 8601. */
  suspended: string | null;
  /** When it ends. Unit: ISO 8601. */
  expires: string | null;
  /** The words that name means of verification. */
  verification: Span[];
  /** Who asserts it; null for the outlet. Names: statement.id. */
  asserted_by: string | null;
}

/** A numeric limit that a commitment sets. */
export interface Limit {
  /** The figure. Names: quantity.id. */
  quantity: string;
  /** What is limited. */
  of: string;
  /** For whom the limit holds. */
  per: string | null;
}
