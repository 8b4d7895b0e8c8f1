-- Training datasets that were made before the catalogue knew of them.
INSERT INTO "catalog_documents" ("kind", "name", "short_name", "description", "words", "team", "team_id", "tags", "classification", "lifecycle", "sample", "position", "updated_at", "search")
SELECT 'dataset', d."name", d."name", d."description", w."words", t."name", t."id", '{}', d."classification", 'active', d."sample", 0, d."updated_at",
	setweight(to_tsvector('simple', w."words"), 'A') || setweight(to_tsvector('english', d."description"), 'D') || setweight(to_tsvector('simple', d."description"), 'D')
FROM "training_datasets" d
JOIN "teams" t ON t."id" = d."owner_team_id"
CROSS JOIN LATERAL (
	SELECT string_agg(x."word", ' ') AS "words" FROM (
		SELECT regexp_split_to_table(d."name", '_') AS "word"
		UNION SELECT (regexp_matches(d."name", '[a-z]+|[0-9]+', 'g'))[1]
	) x WHERE x."word" <> ''
) w
ON CONFLICT DO NOTHING;
