-- Views of a lake with names and words in place of ids and positions, for DuckDB: one row for
-- each thing that an article says. What is unknown is null.

CREATE MACRO words_at(words, spans) AS
  array_to_string([substr(words, s."start" + 1, s."end" - s."start") FOR s IN spans], ' … ');

-- Who is reported to have said what.
CREATE VIEW said AS
SELECT s.document, s.month, d.outlet, d.published, e.name AS speaker, s.act, s.polarity,
  words_at(d.text, s.content) AS words, words_at(d.text, s.cue) AS cue,
  words_at(d.text, s.source) AS source, s.manner, s.depth, s.parent, s.probability, s.id
FROM statements AS s
JOIN documents AS d ON d.id = s.document
LEFT JOIN entities AS e ON e.document = s.document AND e.id = s.speaker;

-- Who is said to have done what to whom; asserted_by is null where the outlet alone says so.
CREATE VIEW happened AS
SELECT ev.document, ev.month, d.outlet, d.published, ev.type, ev.mode,
  (SELECT string_agg(e.name, '; ' ORDER BY list_position(ev.actors, e.id)) FROM entities AS e
    WHERE e.document = ev.document AND list_contains(ev.actors, e.id)) AS actors,
  (SELECT string_agg(e.name, '; ' ORDER BY list_position(ev.recipients, e.id)) FROM entities AS e
    WHERE e.document = ev.document AND list_contains(ev.recipients, e.id)) AS recipients,
  p.name AS place, p.country, p.lat, p.lon, ev.date.value AS date, ev.factuality,
  ev.asserted_by, words_at(d.text, [ev.trigger]) AS "trigger", ev.probability, ev.id
FROM events AS ev
JOIN documents AS d ON d.id = ev.document
LEFT JOIN places AS p ON p.document = ev.document AND p.id = ev.place;

-- Two accounts that cannot both hold, with the words of both; once the lake is linked.
CREATE VIEW disputed AS
SELECT x.ground, x.story, x.is_own, x.first_seen,
  a.outlet AS first_outlet, a.published AS first_published, s.name AS first_speaker,
  words_at(a.text, x.first_spans) AS first_words,
  b.outlet AS second_outlet, b.published AS second_published, t.name AS second_speaker,
  words_at(b.text, x.second_spans) AS second_words,
  x.probability, x.claim, x.other_claim, x.first_document, x.second_document, x.id
FROM disputes AS x
JOIN documents AS a ON a.id = x.first_document
JOIN documents AS b ON b.id = x.second_document
LEFT JOIN known_actors AS s ON s.id = x.first_speaker
LEFT JOIN known_actors AS t ON t.id = x.second_speaker;
