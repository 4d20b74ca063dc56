-- Views of a store: one row for each thing that an article says, with names and words in
-- place of ids and positions. `document` is the running number of the article, `is_current`
-- tells whether no newer text of the article is kept. What is unknown is null.
--
-- WORD(text, span) and WORDS(text, spans) stand for the words at positions, AROUND for some
-- more on both sides; `definitions` puts SQL in their place. CROSS JOIN keeps lists in order.

CREATE VIEW articles AS
SELECT d.number AS document, d.id, d.outlet, d.published, d.title, d.author, d.url, d.language,
  length(d.text) AS n_characters, r.n_statements, r.n_events, v.version, v.replaces,
  v.replaced_by IS NULL AS is_current, v.source, v.added_at, sd.story, p.voice, p.publisher,
  p.agency, p.origin
FROM documents AS d
LEFT JOIN readings AS r ON r.document = d.number
LEFT JOIN versions AS v ON v.document = d.number
LEFT JOIN story_documents AS sd ON sd.document = d.number
LEFT JOIN provenances AS p ON p.document = d.number;

-- Who is reported to have said what.
CREATE VIEW said AS
SELECT s.document, d.outlet, d.published, e.name AS speaker, s.act, s.polarity,
  WORDS(d.text, s.content) AS words, WORDS(d.text, s.cue) AS cue,
  WORDS(d.text, s.source) AS source,
  s.manner, a.name AS addressee, m.name AS medium, t."value" AS said_on, s.depth, s.parent,
  s.probability, ae.actor AS speaker_actor, v.replaced_by IS NULL AS is_current, s.id
FROM statements AS s
JOIN documents AS d ON d.number = s.document
LEFT JOIN versions AS v ON v.document = s.document
LEFT JOIN entities AS e ON e.document = s.document AND e.id = s.speaker
LEFT JOIN entities AS a ON a.document = s.document AND a.id = s.addressee
LEFT JOIN entities AS m ON m.document = s.document AND m.id = s.medium
LEFT JOIN times AS t ON t.document = s.document AND t.id = s."time"
LEFT JOIN actor_entities AS ae ON ae.document = s.document AND ae.entity = s.speaker;

-- Who is said to have done what to whom; asserted_by is null where the outlet alone says so.
CREATE VIEW happened AS
SELECT ev.document, d.outlet, d.published, ev."type", ev.mode,
  (SELECT group_concat(e.name, '; ') FROM json_each(ev.actors) AS j
    CROSS JOIN entities AS e ON e.document = ev.document AND e.id = j.value) AS actors,
  (SELECT group_concat(e.name, '; ') FROM json_each(ev.recipients) AS j
    CROSS JOIN entities AS e ON e.document = ev.document AND e.id = j.value) AS recipients,
  p.name AS place, p.country, p.admin1, p.lat, p.lon, p.precision,
  json_extract(ev."date", '$.value') AS "date", ev.factuality,
  coalesce(ae.name, WORDS(d.text, st.source)) AS asserter,
  ev.asserted_by,
  WORD(d.text, ev."trigger") AS "trigger",
  (SELECT group_concat(WORD(d.text, q.span), '; ')
    FROM json_each(ev.quantities) AS j
    CROSS JOIN quantities AS q ON q.document = ev.document AND q.id = j.value) AS figures,
  ev.probability, ev.happening, v.replaced_by IS NULL AS is_current, ev.id
FROM events AS ev
JOIN documents AS d ON d.number = ev.document
LEFT JOIN versions AS v ON v.document = ev.document
LEFT JOIN places AS p ON p.document = ev.document AND p.id = ev.place
LEFT JOIN statements AS st ON st.document = ev.document AND st.id = ev.asserted_by
LEFT JOIN entities AS ae ON ae.document = ev.document AND ae.id = st.speaker;

-- Who is said to hold, to have taken, to have lost or to contest a place.
CREATE VIEW held AS
SELECT c.document, d.outlet, d.published, p.name AS place, p.country, p.lat, p.lon, p.geonames_id,
  h.name AS holder, c.change, c.factuality, json_extract(c."date", '$.value') AS "date",
  coalesce(ae.name, WORDS(d.text, st.source)) AS asserter,
  c.asserted_by,
  WORD(d.text, c.span) AS words,
  v.replaced_by IS NULL AS is_current, c.id
FROM control_claims AS c
JOIN documents AS d ON d.number = c.document
LEFT JOIN versions AS v ON v.document = c.document
LEFT JOIN places AS p ON p.document = c.document AND p.id = c.place
LEFT JOIN entities AS h ON h.document = c.document AND h.id = c.holder
LEFT JOIN statements AS st ON st.document = c.document AND st.id = c.asserted_by
LEFT JOIN entities AS ae ON ae.document = c.document AND ae.id = st.speaker;

-- Treaties, agreements, ceasefires and resolutions, and what is said of them.
CREATE VIEW agreed AS
SELECT c.document, d.outlet, d.published, coalesce(i.name, c.instrument) AS instrument,
  (SELECT group_concat(e.name, '; ') FROM json_each(c.parties) AS j
    CROSS JOIN entities AS e ON e.document = c.document AND e.id = j.value) AS parties,
  (SELECT group_concat(WORD(d.text, q.span) || ' ' || json_extract(j.value, '$.of'), '; ')
    FROM json_each(c.limits) AS j
    CROSS JOIN quantities AS q
      ON q.document = c.document AND q.id = json_extract(j.value, '$.quantity')) AS limits,
  c.signed, c.in_force, c.extended, c.suspended, c.expires,
  WORDS(d.text, c.verification) AS verification,
  ae.name AS asserter, c.asserted_by,
  WORD(d.text, c.span) AS words,
  v.replaced_by IS NULL AS is_current, c.id
FROM commitments AS c
JOIN documents AS d ON d.number = c.document
LEFT JOIN versions AS v ON v.document = c.document
LEFT JOIN entities AS i ON i.document = c.document AND i.id = c.instrument
LEFT JOIN statements AS st ON st.document = c.document AND st.id = c.asserted_by
LEFT JOIN entities AS ae ON ae.document = c.document AND ae.id = st.speaker;

-- Figures, with the words around them.
CREATE VIEW figures AS
SELECT q.document, d.outlet, d.published, q."value", q.upper, q.unit, q.comparator,
  WORD(d.text, q.span) AS words,
  AROUND(d.text, q.span) AS around,
  v.replaced_by IS NULL AS is_current, q.id
FROM quantities AS q
JOIN documents AS d ON d.number = q.document
LEFT JOIN versions AS v ON v.document = q.document;

-- Two accounts that cannot both hold, with the words of both; speakers are null for outlets.
CREATE VIEW disputed AS
SELECT x.number AS dispute, x.ground, x.story, x.is_own, x.first_seen,
  d1.outlet AS first_outlet, d1.published AS first_published, a1.name AS first_speaker,
  WORDS(d1.text, x.first_spans) AS first_words,
  d2.outlet AS second_outlet, d2.published AS second_published, a2.name AS second_speaker,
  WORDS(d2.text, x.second_spans) AS second_words,
  x.probability, x.claim, x.other_claim, x.first_document, x.second_document, x.id
FROM disputes AS x
JOIN documents AS d1 ON d1.number = x.first_document
JOIN documents AS d2 ON d2.number = x.second_document
LEFT JOIN known_actors AS a1 ON a1.number = x.first_speaker
LEFT JOIN known_actors AS a2 ON a2.number = x.second_speaker;

-- Who asserts, denies or reports which claim.
CREATE VIEW took_sides AS
SELECT st.claim, st.stance, a.name AS speaker, d.outlet, st.published,
  WORDS(d.text, st.spans) AS words,
  c.n_asserts, c.n_denies, c.n_reports, c.is_disputed, c.story, st.voice, st.probability,
  st.document, v.replaced_by IS NULL AS is_current, st.id
FROM stances AS st
JOIN claims AS c ON c.number = st.claim
JOIN documents AS d ON d.number = st.document
LEFT JOIN versions AS v ON v.document = st.document
LEFT JOIN known_actors AS a ON a.number = st.speaker;

-- Stories by their headlines.
CREATE VIEW headlines AS
SELECT s.number AS story, d.title AS headline, d.outlet, s.first_seen, s.last_seen,
  s.n_documents, s.n_voices, s.document, s.id
FROM stories AS s
JOIN documents AS d ON d.number = s.document;
