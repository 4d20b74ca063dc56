-- Tables of a store. For SQLite 3.37 or later, with PRAGMA foreign_keys = ON.

CREATE TABLE runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- Running number in this store. (from 1)
  id TEXT NOT NULL,  -- Hash of the other fields.
  software TEXT NOT NULL,  -- Version of onrecord.
  model TEXT NOT NULL,  -- Name and version of the weights.
  model_digest TEXT NOT NULL,  -- SHA-256 over the digests of all files of weights.
  settings TEXT NOT NULL CHECK (json_valid(settings)),  -- Settings that can change a row, as JSON values.
  UNIQUE (id)
) STRICT;

CREATE TABLE documents (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- Running number in this store. (from 1)
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
  UNIQUE (id)
) STRICT;
CREATE INDEX documents_by_published ON documents (published);

CREATE TABLE readings (
  run INTEGER NOT NULL,  -- What made the rows.
  document INTEGER NOT NULL,  -- What was read.
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
  PRIMARY KEY (document),
  FOREIGN KEY (run) REFERENCES runs (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document) REFERENCES documents (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE mentions (
  document INTEGER NOT NULL,  -- Where the words stand.
  id TEXT NOT NULL,  -- Hash of the document, span and kind.
  position INTEGER NOT NULL,  -- Its place in the list of the document. (from 0)
  span TEXT NOT NULL CHECK (json_valid(span)),  -- The words.
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'place', 'nationality', 'facility', 'weapon', 'instrument', 'event', 'other')),  -- What is named.
  form TEXT NOT NULL CHECK (form IN ('name', 'description', 'pronoun')),  -- Whether the words are a name, a description, a pronoun.
  entity TEXT NOT NULL,  -- The entity named.
  run INTEGER NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (document, id),
  FOREIGN KEY (document) REFERENCES documents (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, entity) REFERENCES entities (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE entities (
  document INTEGER NOT NULL,  -- Where it is named.
  id TEXT NOT NULL,  -- Hash of the document and its mentions.
  position INTEGER NOT NULL,  -- Its place in the list of the document. (from 0)
  name TEXT NOT NULL,  -- Its best name in this document.
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'place', 'nationality', 'facility', 'weapon', 'instrument', 'event', 'other')),  -- What it is.
  actor TEXT,  -- Country and sector in PLOVER's terms; null for things and places.
  country TEXT,  -- Its country. (ISO 3166-1 alpha-3)
  place TEXT,  -- Where it is, for places.
  mentions TEXT NOT NULL CHECK (json_valid(mentions)),  -- Its mentions. -> mention.id
  run INTEGER NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (document, id),
  FOREIGN KEY (document) REFERENCES documents (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, place) REFERENCES places (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
  document INTEGER NOT NULL,  -- Where the words stand.
  id TEXT NOT NULL,  -- Hash of the document and of all spans.
  position INTEGER NOT NULL,  -- Its place in the list of the document. (from 0)
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
  run INTEGER NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (document, id),
  FOREIGN KEY (document) REFERENCES documents (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, speaker) REFERENCES entities (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, addressee) REFERENCES entities (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, medium) REFERENCES entities (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, parent) REFERENCES statements (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, "time") REFERENCES times (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  document INTEGER NOT NULL,  -- Where the words stand.
  id TEXT NOT NULL,  -- Hash of the document, trigger and type.
  position INTEGER NOT NULL,  -- Its place in the list of the document. (from 0)
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
  run INTEGER NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (document, id),
  FOREIGN KEY (document) REFERENCES documents (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, place) REFERENCES places (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, asserted_by) REFERENCES statements (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE places (
  document INTEGER NOT NULL,  -- Where it is named.
  id TEXT NOT NULL,  -- Hash of the document and mention.
  position INTEGER NOT NULL,  -- Its place in the list of the document. (from 0)
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
  run INTEGER NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (document, id),
  FOREIGN KEY (document) REFERENCES documents (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, mention) REFERENCES mentions (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE times (
  document INTEGER NOT NULL,  -- Where the words stand.
  id TEXT NOT NULL,  -- Hash of the document and span.
  position INTEGER NOT NULL,  -- Its place in the list of the document. (from 0)
  span TEXT NOT NULL CHECK (json_valid(span)),  -- The words.
  "type" TEXT NOT NULL CHECK ("type" IN ('DATE', 'TIME', 'DURATION', 'SET')),  -- TIMEX3 type.
  "value" TEXT,  -- TIMEX3 value. (ISO 8601)
  run INTEGER NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (document, id),
  FOREIGN KEY (document) REFERENCES documents (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE quantities (
  document INTEGER NOT NULL,  -- Where the words stand.
  id TEXT NOT NULL,  -- Hash of the document and span.
  position INTEGER NOT NULL,  -- Its place in the list of the document. (from 0)
  span TEXT NOT NULL CHECK (json_valid(span)),  -- The words.
  "value" REAL NOT NULL,  -- The number; of a range, its lower end.
  upper REAL,  -- Upper end of a range, else null.
  unit TEXT,  -- What is counted, in the singular.
  comparator TEXT,  -- 'at most', 'at least', 'more than', 'less than', 'about', 'between', or null.
  run INTEGER NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (document, id),
  FOREIGN KEY (document) REFERENCES documents (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE control_claims (
  document INTEGER NOT NULL,  -- Where the words stand.
  id TEXT NOT NULL,  -- Hash of the document, span, place and holder.
  position INTEGER NOT NULL,  -- Its place in the list of the document. (from 0)
  span TEXT NOT NULL CHECK (json_valid(span)),  -- The words that say so.
  place TEXT NOT NULL,  -- The place.
  holder TEXT,  -- Whose control changes.
  change TEXT NOT NULL CHECK (change IN ('taken', 'lost', 'held', 'contested')),  -- What happened, from the holder's side.
  factuality TEXT NOT NULL CHECK (factuality IN ('actual', 'negated', 'possible', 'planned')),  -- Whether, in the asserter's view.
  asserted_by TEXT,  -- Who asserts it; null for the outlet.
  "date" TEXT CHECK ("date" IS NULL OR json_valid("date")),  -- When.
  run INTEGER NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (document, id),
  FOREIGN KEY (document) REFERENCES documents (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, place) REFERENCES places (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, holder) REFERENCES entities (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, asserted_by) REFERENCES statements (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE commitments (
  document INTEGER NOT NULL,  -- Where the words stand.
  id TEXT NOT NULL,  -- Hash of the document, span and instrument.
  position INTEGER NOT NULL,  -- Its place in the list of the document. (from 0)
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
  run INTEGER NOT NULL,  -- Versions, weights and settings behind it.
  PRIMARY KEY (document, id),
  FOREIGN KEY (document) REFERENCES documents (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, asserted_by) REFERENCES statements (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (run) REFERENCES runs (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE versions (
  document INTEGER NOT NULL,  -- The text.
  address TEXT,  -- What all versions share: the address, made plain.
  version INTEGER NOT NULL,  -- Which one of that address. (from 1)
  replaces INTEGER,  -- The version before; null for the first.
  replaced_by INTEGER,  -- The version after; null for the last.
  source TEXT,  -- Path, address or feed that it came from.
  added_at TEXT NOT NULL,  -- When it was kept. (ISO 8601, UTC)
  PRIMARY KEY (document),
  FOREIGN KEY (document) REFERENCES documents (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (replaces) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (replaced_by) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX versions_by_replaces ON versions (replaces);
CREATE INDEX versions_by_replaced_by ON versions (replaced_by);
CREATE INDEX versions_by_address ON versions (address);

CREATE TABLE tombstones (
  id TEXT NOT NULL,  -- The id that the document had.
  sha256 TEXT NOT NULL,  -- SHA-256 of its text.
  url TEXT,  -- Where it was published.
  outlet TEXT,  -- Who published it.
  why TEXT,  -- Why it was deleted, as told.
  "by" TEXT,  -- Who deleted it.
  deleted_at TEXT NOT NULL,  -- When. (ISO 8601, UTC)
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstones_by_sha256 ON tombstones (sha256);

CREATE TABLE refusals (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- Running number. (from 1)
  source TEXT NOT NULL,  -- Path, address, or member of an archive.
  line INTEGER,  -- Line of a file of many articles. (from 1)
  reason TEXT NOT NULL CHECK (reason IN ('unreadable', 'binary', 'empty', 'too_large', 'undecodable', 'bad_json', 'bad_table', 'bad_feed', 'not_an_article', 'unreachable', 'not_found', 'blocked_address', 'too_many_redirects', 'timed_out', 'unsupported_type', 'http_error', 'disallowed', 'failed')),  -- Why, from a closed list.
  detail TEXT NOT NULL,  -- Why, in words.
  at TEXT NOT NULL  -- When. (ISO 8601, UTC)
) STRICT;

CREATE TABLE known_actors (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- Running number in this store. (from 1)
  id TEXT NOT NULL,  -- Hash of the entity that it was first seen as.
  name TEXT NOT NULL,  -- Its best name.
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'place', 'nationality', 'facility', 'weapon', 'instrument', 'event', 'other')),  -- What it is.
  code TEXT,  -- Country and sector in PLOVER's terms, if all agree.
  country TEXT,  -- Its country. (ISO 3166-1 alpha-3)
  first_seen TEXT,  -- Earliest date of publication that names it. (ISO 8601)
  n_documents INTEGER NOT NULL,  -- Documents that name it. (count)
  UNIQUE (id)
) STRICT;

CREATE TABLE actor_names (
  actor INTEGER NOT NULL,  -- Who.
  normal TEXT NOT NULL,  -- The name, made plain for look-up.
  name TEXT NOT NULL,  -- The name as it stands most often.
  n_documents INTEGER NOT NULL,  -- Documents that use it. (count)
  PRIMARY KEY (actor, normal),
  FOREIGN KEY (actor) REFERENCES known_actors (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_names_by_normal ON actor_names (normal);

CREATE TABLE actor_entities (
  document INTEGER NOT NULL,  -- Where.
  entity TEXT NOT NULL,  -- The entity.
  actor INTEGER NOT NULL,  -- Who it is.
  why TEXT NOT NULL CHECK (json_valid(why)),  -- What they share, as reasons with their weight.
  probability REAL NOT NULL,  -- That it is the same. (0 to 1, an estimate)
  PRIMARY KEY (document, entity),
  FOREIGN KEY (document) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (document, entity) REFERENCES entities (document, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (actor) REFERENCES known_actors (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_entities_by_actor ON actor_entities (actor);

CREATE TABLE actor_changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- Running number. (from 1)
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),  -- Which of the two.
  actor TEXT NOT NULL,  -- The id of the actor that stays.
  other TEXT NOT NULL,  -- The id of the one that went or came.
  why TEXT NOT NULL CHECK (json_valid(why)),  -- Reasons, and the entities that moved.
  "by" TEXT,  -- Who decided; null for the program.
  at TEXT NOT NULL  -- When. (ISO 8601, UTC)
) STRICT;

CREATE TABLE provenances (
  document INTEGER NOT NULL,  -- The document.
  publisher TEXT,  -- The family of outlets that it belongs to; null if none is known.
  agency TEXT,  -- The agency that it credits, such as a wire.
  origin INTEGER,  -- The document that it copies, if it does.
  similarity REAL,  -- Share of words in common with the origin. (0 to 1)
  voice INTEGER NOT NULL,  -- The first document of its voice: all with one voice count once.
  why TEXT NOT NULL CHECK (json_valid(why)),  -- Reasons, with spans on both sides.
  PRIMARY KEY (document),
  FOREIGN KEY (document) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (origin) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX provenances_by_origin ON provenances (origin);

CREATE TABLE stories (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- Running number in this store. (from 1)
  id TEXT NOT NULL,  -- Hash of its first document; stays as the story grows.
  document INTEGER NOT NULL,  -- The one whose headline names it.
  first_seen TEXT,  -- Earliest publication. (ISO 8601)
  last_seen TEXT,  -- Latest publication. (ISO 8601)
  n_documents INTEGER NOT NULL,  -- Its documents. (count)
  n_voices INTEGER NOT NULL,  -- Its independent voices. (count)
  UNIQUE (id),
  FOREIGN KEY (document) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX stories_by_document ON stories (document);

CREATE TABLE story_documents (
  document INTEGER NOT NULL,  -- The document.
  story INTEGER NOT NULL,  -- Its story.
  similarity REAL NOT NULL,  -- To the story as it was then. (0 to 1)
  why TEXT NOT NULL CHECK (json_valid(why)),  -- What they share: names, places, days, words.
  PRIMARY KEY (document),
  FOREIGN KEY (document) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (story) REFERENCES stories (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX story_documents_by_story ON story_documents (story);

CREATE TABLE story_changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- Running number. (from 1)
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),  -- Which of the two.
  story TEXT NOT NULL,  -- The id of the story that stays.
  other TEXT NOT NULL,  -- The id of the one that went or came.
  document INTEGER,  -- The document that brought it about.
  why TEXT NOT NULL CHECK (json_valid(why)),  -- Reasons, and the documents that moved.
  FOREIGN KEY (document) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX story_changes_by_document ON story_changes (document);

CREATE TABLE claims (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- Running number in this store. (from 1)
  id TEXT NOT NULL,  -- Hash of the stance that it was first seen as.
  document INTEGER NOT NULL,  -- Where its words stand.
  row_kind TEXT NOT NULL CHECK (row_kind IN ('document', 'mention', 'entity', 'statement', 'event', 'place', 'time', 'quantity', 'control_claim', 'commitment')),  -- The table of the row that says it.
  row TEXT NOT NULL,  -- The id of that row.
  spans TEXT NOT NULL CHECK (json_valid(spans)),  -- Its words.
  story INTEGER,  -- The story it belongs to.
  first_seen TEXT,  -- Earliest publication. (ISO 8601)
  last_seen TEXT,  -- Latest publication. (ISO 8601)
  n_asserts INTEGER NOT NULL,  -- Independent voices or speakers that assert it.
  n_denies INTEGER NOT NULL,  -- Independent voices or speakers that deny it.
  n_reports INTEGER NOT NULL,  -- Independent voices that only report it.
  is_disputed INTEGER NOT NULL,  -- Whether a dispute names it.
  UNIQUE (id),
  FOREIGN KEY (document) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (story) REFERENCES stories (number) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX claims_by_document ON claims (document);
CREATE INDEX claims_by_story ON claims (story);

CREATE TABLE stances (
  document INTEGER NOT NULL,  -- Where.
  id TEXT NOT NULL,  -- Hash of the document, the row and the holder.
  claim INTEGER NOT NULL,  -- The claim.
  row_kind TEXT NOT NULL CHECK (row_kind IN ('document', 'mention', 'entity', 'statement', 'event', 'place', 'time', 'quantity', 'control_claim', 'commitment')),  -- The table of the row that shows it.
  row TEXT NOT NULL,  -- The id of that row.
  spans TEXT NOT NULL CHECK (json_valid(spans)),  -- The words of the proposition, as this row has it.
  speaker INTEGER,  -- Who takes it; null for the outlet itself.
  speaker_spans TEXT NOT NULL CHECK (json_valid(speaker_spans)),  -- The words that name who takes it.
  stance TEXT NOT NULL CHECK (stance IN ('asserts', 'denies', 'reports')),  -- Which one.
  voice INTEGER NOT NULL,  -- The voice of the document; copies share one.
  published TEXT,  -- When it was published. (ISO 8601)
  why TEXT NOT NULL CHECK (json_valid(why)),  -- Why it is this claim and this stance.
  probability REAL NOT NULL,  -- That it is. (0 to 1, an estimate)
  PRIMARY KEY (document, id),
  FOREIGN KEY (document) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (claim) REFERENCES claims (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (speaker) REFERENCES known_actors (number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX stances_by_claim ON stances (claim);
CREATE INDEX stances_by_speaker ON stances (speaker);
CREATE INDEX stances_by_holder ON stances (claim, stance, speaker, voice);

CREATE TABLE disputes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- Running number in this store. (from 1)
  id TEXT NOT NULL,  -- Hash of both stances and the ground.
  ground TEXT NOT NULL CHECK (ground IN ('denial', 'incompatible figure', 'incompatible holder', 'incompatible actor')),  -- Why they cannot both hold.
  claim INTEGER NOT NULL,  -- The claim of the first side.
  other_claim INTEGER NOT NULL,  -- The claim of the other side; the same for a denial.
  first_document INTEGER NOT NULL,  -- Where the first side stands.
  first_stance TEXT NOT NULL,  -- The stance of the first side.
  first_spans TEXT NOT NULL CHECK (json_valid(first_spans)),  -- Its words.
  first_speaker INTEGER,  -- Who; null for the outlet.
  second_document INTEGER NOT NULL,  -- Where the second side stands.
  second_stance TEXT NOT NULL,  -- The stance of the second side.
  second_spans TEXT NOT NULL CHECK (json_valid(second_spans)),  -- Its words.
  second_speaker INTEGER,  -- Who; null for the outlet.
  is_own INTEGER NOT NULL,  -- Whether both sides are one speaker, at two times.
  story INTEGER,  -- The story it belongs to.
  first_seen TEXT,  -- When the later of both was published. (ISO 8601)
  why TEXT NOT NULL CHECK (json_valid(why)),  -- What is the same, what differs, how sure.
  probability REAL NOT NULL,  -- That it is a dispute. (0 to 1, an estimate)
  UNIQUE (id),
  FOREIGN KEY (claim) REFERENCES claims (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (other_claim) REFERENCES claims (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (first_document) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (first_speaker) REFERENCES known_actors (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (second_document) REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (second_speaker) REFERENCES known_actors (number) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (story) REFERENCES stories (number) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX disputes_by_claim ON disputes (claim);
CREATE INDEX disputes_by_other_claim ON disputes (other_claim);
CREATE INDEX disputes_by_first_document ON disputes (first_document);
CREATE INDEX disputes_by_first_speaker ON disputes (first_speaker);
CREATE INDEX disputes_by_second_document ON disputes (second_document);
CREATE INDEX disputes_by_second_speaker ON disputes (second_speaker);
CREATE INDEX disputes_by_story ON disputes (story);
CREATE INDEX disputes_by_first_seen ON disputes (first_seen);

CREATE TABLE corrections (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- Running number in this store. (from 1)
  id TEXT NOT NULL,  -- Hash of all that follows.
  kind TEXT NOT NULL CHECK (kind IN ('set', 'reject', 'add', 'accept', 'undo')),  -- What it does.
  document TEXT NOT NULL,  -- The id of the document.
  row_kind TEXT NOT NULL CHECK (row_kind IN ('document', 'mention', 'entity', 'statement', 'event', 'place', 'time', 'quantity', 'control_claim', 'commitment')),  -- The table of the row.
  row TEXT NOT NULL,  -- The id of the row; of the correction, for an undo.
  field TEXT,  -- The field that is set.
  old TEXT CHECK (old IS NULL OR json_valid(old)),  -- The value, or the whole row, before.
  new TEXT CHECK (new IS NULL OR json_valid(new)),  -- The value, or the whole row, after.
  why TEXT,  -- Why, as told.
  "by" TEXT NOT NULL,  -- Who.
  at TEXT NOT NULL,  -- When. (ISO 8601, UTC)
  undone_by TEXT,  -- The correction that took it back.
  UNIQUE (id),
  FOREIGN KEY (undone_by) REFERENCES corrections (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX corrections_by_undone_by ON corrections (undone_by);
CREATE INDEX corrections_by_document ON corrections (document);
