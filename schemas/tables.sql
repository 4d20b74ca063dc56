-- Tables of the record. For SQLite 3.37 or later, with PRAGMA foreign_keys = ON.

CREATE TABLE runs (
  id TEXT NOT NULL,  -- Hash of the other fields.
  software TEXT NOT NULL,  -- Version of onrecord.
  model TEXT NOT NULL,  -- Name and version of the weights.
  model_digest TEXT NOT NULL,  -- SHA-256 over the digests of all files of weights.
  settings TEXT NOT NULL CHECK (json_valid(settings)),  -- Settings that can change a row, as JSON values.
  PRIMARY KEY (id)
) STRICT;

CREATE TABLE documents (
  id TEXT NOT NULL,  -- Hash of text, address, outlet and date of publication.
  sha256 TEXT NOT NULL,  -- SHA-256 of the text in UTF-8.
  title TEXT,  -- Headline.
  outlet TEXT,  -- Who published it.
  url TEXT,  -- Where it was published, as given.
  author TEXT,  -- Who wrote it.
  published TEXT,  -- When it was published. (ISO 8601)
  language TEXT,  -- Language of the text. (ISO 639-1)
  text TEXT NOT NULL,  -- The text; all spans count its code points.
  links TEXT NOT NULL CHECK (json_valid(links)),  -- Pointers to other articles inside it.
  PRIMARY KEY (id)
) STRICT;

CREATE TABLE readings (
  run TEXT NOT NULL,  -- What made the rows.
  document TEXT NOT NULL,  -- What was read.
  n_mentions INTEGER,  -- Its number of mentions; null if they were not looked for. (count)
  n_entities INTEGER,  -- Its number of entities; null if they were not looked for. (count)
  n_statements INTEGER,  -- Its number of statements; null if they were not looked for. (count)
  n_events INTEGER,  -- Its number of events; null if they were not looked for. (count)
  n_places INTEGER,  -- Its number of places; null if they were not looked for. (count)
  n_times INTEGER,  -- Its number of times; null if they were not looked for. (count)
  n_quantities INTEGER,  -- Its number of quantities; null if they were not looked for. (count)
  n_control_claims INTEGER,  -- Its number of control claims; null if they were not looked for. (count)
  n_commitments INTEGER,  -- Its number of commitments; null if they were not looked for. (count)
  problems TEXT NOT NULL CHECK (json_valid(problems)),  -- Odd things that stages met.
  PRIMARY KEY (document, run),
  FOREIGN KEY (run) REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX readings_by_run ON readings (run);

CREATE TABLE mentions (
  id TEXT NOT NULL,  -- Hash of the document, span and kind.
  document TEXT NOT NULL,  -- Where the words stand.
  span TEXT NOT NULL CHECK (json_valid(span)),  -- The words.
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'place', 'nationality', 'facility', 'weapon', 'instrument', 'event', 'other')),  -- What is named.
  form TEXT NOT NULL CHECK (form IN ('name', 'description', 'pronoun')),  -- Whether the words are a name, a description, a pronoun.
  entity TEXT NOT NULL,  -- The entity named.
  run TEXT NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (id),
  FOREIGN KEY (document) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (entity) REFERENCES entities (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX mentions_by_document ON mentions (document);
CREATE INDEX mentions_by_entity ON mentions (entity);
CREATE INDEX mentions_by_run ON mentions (run);

CREATE TABLE entities (
  id TEXT NOT NULL,  -- Hash of the document and its mentions.
  document TEXT NOT NULL,  -- Where it is named.
  name TEXT NOT NULL,  -- Its best name in this document.
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'place', 'nationality', 'facility', 'weapon', 'instrument', 'event', 'other')),  -- What it is.
  actor TEXT,  -- Country and sector in PLOVER's terms; null for things and places.
  country TEXT,  -- Its country. (ISO 3166-1 alpha-3)
  place TEXT,  -- Where it is, for places.
  mentions TEXT NOT NULL CHECK (json_valid(mentions)),  -- Its mentions. -> mention.id
  run TEXT NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (id),
  FOREIGN KEY (document) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (place) REFERENCES places (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX entities_by_document ON entities (document);
CREATE INDEX entities_by_place ON entities (place);
CREATE INDEX entities_by_run ON entities (run);

CREATE TABLE statements (
  id TEXT NOT NULL,  -- Hash of the document and of all spans.
  document TEXT NOT NULL,  -- Where the words stand.
  source TEXT NOT NULL CHECK (json_valid(source)),  -- Who speaks; empty if nobody is named.
  cue TEXT NOT NULL CHECK (json_valid(cue)),  -- The words that report it, such as 'denied'.
  content TEXT NOT NULL CHECK (json_valid(content)),  -- What is said, in text order.
  speaker TEXT,  -- The entity behind the source.
  act TEXT NOT NULL CHECK (act IN ('assert', 'accuse', 'deny', 'admit', 'confirm', 'promise', 'threaten', 'warn', 'request', 'offer', 'criticise', 'endorse', 'believe', 'ask')),  -- What the speaker does by it.
  polarity TEXT NOT NULL CHECK (polarity IN ('affirm', 'deny')),  -- Whether the cue turns the content down.
  manner TEXT NOT NULL CHECK (manner IN ('direct', 'indirect', 'mixed')),  -- How much of the content is quoted.
  addressee TEXT,  -- To whom it was said, if the text tells.
  medium TEXT,  -- Through what it was said, if the text tells.
  parent TEXT,  -- The statement that reports this one.
  depth INTEGER NOT NULL,  -- Statements around this one. (count)
  "time" TEXT,  -- When it was said.
  probability REAL NOT NULL,  -- That this is a statement. (0 to 1, calibrated)
  run TEXT NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (id),
  FOREIGN KEY (document) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (speaker) REFERENCES entities (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (addressee) REFERENCES entities (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (medium) REFERENCES entities (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (parent) REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY ("time") REFERENCES times (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX statements_by_document ON statements (document);
CREATE INDEX statements_by_speaker ON statements (speaker);
CREATE INDEX statements_by_addressee ON statements (addressee);
CREATE INDEX statements_by_medium ON statements (medium);
CREATE INDEX statements_by_parent ON statements (parent);
CREATE INDEX statements_by_time ON statements ("time");
CREATE INDEX statements_by_run ON statements (run);

CREATE TABLE events (
  id TEXT NOT NULL,  -- Hash of the document, trigger and type.
  document TEXT NOT NULL,  -- Where the words stand.
  "trigger" TEXT NOT NULL CHECK (json_valid("trigger")),  -- The word that names the happening.
  "type" TEXT NOT NULL CHECK ("type" IN ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT')),  -- PLOVER's type.
  mode TEXT,  -- PLOVER's mode, in lower case.
  actors TEXT NOT NULL CHECK (json_valid(actors)),  -- Who did it. -> entity.id
  recipients TEXT NOT NULL CHECK (json_valid(recipients)),  -- To whom. -> entity.id
  place TEXT,  -- Where.
  "date" TEXT CHECK ("date" IS NULL OR json_valid("date")),  -- When.
  factuality TEXT NOT NULL CHECK (factuality IN ('actual', 'negated', 'possible', 'planned')),  -- Whether, in the asserter's view.
  asserted_by TEXT,  -- Who asserts it; null for the outlet.
  quantities TEXT NOT NULL CHECK (json_valid(quantities)),  -- Its figures. -> quantity.id
  probability REAL NOT NULL,  -- That this is such an event. (0 to 1, an estimate)
  happening TEXT NOT NULL,  -- Id shared by all mentions of one happening in the document.
  run TEXT NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (id),
  FOREIGN KEY (document) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (place) REFERENCES places (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (asserted_by) REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX events_by_document ON events (document);
CREATE INDEX events_by_place ON events (place);
CREATE INDEX events_by_asserted_by ON events (asserted_by);
CREATE INDEX events_by_run ON events (run);

CREATE TABLE places (
  id TEXT NOT NULL,  -- Hash of the document and mention.
  document TEXT NOT NULL,  -- Where it is named.
  mention TEXT NOT NULL,  -- The words that name it.
  name TEXT NOT NULL,  -- Its name in the gazetteer, else as written.
  country TEXT,  -- Its country. (ISO 3166-1 alpha-3)
  admin1 TEXT,  -- First-level division.
  geonames_id INTEGER,  -- Its number in GeoNames.
  lat REAL,  -- Latitude. (degrees, WGS 84)
  lon REAL,  -- Longitude. (degrees, WGS 84)
  precision TEXT CHECK (precision IN ('point', 'settlement', 'district', 'region', 'country', 'area')),  -- What the position stands for.
  probability REAL NOT NULL,  -- That it is this place. (0 to 1, calibrated)
  candidates INTEGER NOT NULL,  -- Places of that name. (count)
  run TEXT NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (id),
  FOREIGN KEY (document) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (mention) REFERENCES mentions (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX places_by_document ON places (document);
CREATE INDEX places_by_mention ON places (mention);
CREATE INDEX places_by_run ON places (run);

CREATE TABLE times (
  id TEXT NOT NULL,  -- Hash of the document and span.
  document TEXT NOT NULL,  -- Where the words stand.
  span TEXT NOT NULL CHECK (json_valid(span)),  -- The words.
  "type" TEXT NOT NULL CHECK ("type" IN ('DATE', 'TIME', 'DURATION', 'SET')),  -- TIMEX3 type.
  "value" TEXT,  -- TIMEX3 value. (ISO 8601)
  run TEXT NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (id),
  FOREIGN KEY (document) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX times_by_document ON times (document);
CREATE INDEX times_by_run ON times (run);

CREATE TABLE quantities (
  id TEXT NOT NULL,  -- Hash of the document and span.
  document TEXT NOT NULL,  -- Where the words stand.
  span TEXT NOT NULL CHECK (json_valid(span)),  -- The words.
  "value" REAL NOT NULL,  -- The number; of a range, its lower end.
  upper REAL,  -- Upper end of a range, else null.
  unit TEXT,  -- What is counted, in the singular.
  comparator TEXT,  -- 'at most', 'at least', 'more than', 'less than', 'about', 'between', or null.
  run TEXT NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (id),
  FOREIGN KEY (document) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX quantities_by_document ON quantities (document);
CREATE INDEX quantities_by_run ON quantities (run);

CREATE TABLE control_claims (
  id TEXT NOT NULL,  -- Hash of the document, span, place and holder.
  document TEXT NOT NULL,  -- Where the words stand.
  span TEXT NOT NULL CHECK (json_valid(span)),  -- The words that say so.
  place TEXT NOT NULL,  -- The place.
  holder TEXT,  -- Whose control changes.
  change TEXT NOT NULL CHECK (change IN ('taken', 'lost', 'held', 'contested')),  -- What happened, from the holder's side.
  factuality TEXT NOT NULL CHECK (factuality IN ('actual', 'negated', 'possible', 'planned')),  -- Whether, in the asserter's view.
  asserted_by TEXT,  -- Who asserts it; null for the outlet.
  "date" TEXT CHECK ("date" IS NULL OR json_valid("date")),  -- When.
  run TEXT NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (id),
  FOREIGN KEY (document) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (place) REFERENCES places (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (holder) REFERENCES entities (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (asserted_by) REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX control_claims_by_document ON control_claims (document);
CREATE INDEX control_claims_by_place ON control_claims (place);
CREATE INDEX control_claims_by_holder ON control_claims (holder);
CREATE INDEX control_claims_by_asserted_by ON control_claims (asserted_by);
CREATE INDEX control_claims_by_run ON control_claims (run);

CREATE TABLE commitments (
  id TEXT NOT NULL,  -- Hash of the document, span and instrument.
  document TEXT NOT NULL,  -- Where the words stand.
  instrument TEXT NOT NULL,  -- Its entity, else its name.
  span TEXT NOT NULL CHECK (json_valid(span)),  -- The words that speak of it.
  parties TEXT NOT NULL CHECK (json_valid(parties)),  -- Who is bound. -> entity.id
  limits TEXT NOT NULL CHECK (json_valid(limits)),  -- Its numeric limits.
  signed TEXT,  -- When it was signed. (ISO 8601)
  in_force TEXT,  -- When it entered into force. (ISO 8601)
  extended TEXT,  -- Until when, or when, it was extended. (ISO 8601)
  suspended TEXT,  -- When it was suspended. (ISO 8601)
  expires TEXT,  -- When it ends. (ISO 8601)
  verification TEXT NOT NULL CHECK (json_valid(verification)),  -- The words that name means of verification.
  asserted_by TEXT,  -- Who asserts it; null for the outlet.
  run TEXT NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (id),
  FOREIGN KEY (document) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (asserted_by) REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX commitments_by_document ON commitments (document);
CREATE INDEX commitments_by_asserted_by ON commitments (asserted_by);
CREATE INDEX commitments_by_run ON commitments (run);
