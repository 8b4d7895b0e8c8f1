CREATE TABLE "catalog_words" (
	"word" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
DROP INDEX "catalog_documents_short";--> statement-breakpoint
ALTER TABLE "catalog_documents" ADD COLUMN "domain" text;--> statement-breakpoint
ALTER TABLE "catalog_documents" ADD COLUMN "readers" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "catalog_words_trigrams" ON "catalog_words" USING gin ("word" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "catalog_words_beginning" ON "catalog_words" USING btree ("word" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "catalog_documents_squashed_short" ON "catalog_documents" USING btree (translate("short_name", '_', '') text_pattern_ops);--> statement-breakpoint
CREATE INDEX "catalog_documents_squashed_name" ON "catalog_documents" USING btree (translate("name", '_:', '') text_pattern_ops);--> statement-breakpoint
CREATE INDEX "catalog_documents_group_name" ON "catalog_documents" USING btree ("group_name");--> statement-breakpoint
CREATE INDEX "catalog_documents_team" ON "catalog_documents" USING btree ("team");--> statement-breakpoint
CREATE INDEX "catalog_documents_entity" ON "catalog_documents" USING btree ("entity");--> statement-breakpoint
CREATE INDEX "catalog_documents_tags" ON "catalog_documents" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "catalog_documents_browse" ON "catalog_documents" USING btree (("lifecycle" in ('deprecated', 'archived')),array_position(array['group','feature','service','entity','source','dataset'], "kind"),"group_name","position","name");--> statement-breakpoint
CREATE INDEX "catalog_documents_by_name" ON "catalog_documents" USING btree ("name","kind");--> statement-breakpoint
CREATE INDEX "catalog_documents_updated" ON "catalog_documents" USING btree ("updated_at","name","kind");--> statement-breakpoint
CREATE INDEX "catalog_documents_archived" ON "catalog_documents" USING btree ("name") WHERE "catalog_documents"."lifecycle" = 'archived';--> statement-breakpoint
-- What the lines of before did not have: the domain, and among the labels owner and domain.
UPDATE "catalog_documents" d SET "domain" = g."domain" FROM "feature_groups" g WHERE g."id" = d."group_id" AND g."domain" IS NOT NULL;
--> statement-breakpoint
UPDATE "catalog_documents" d SET "domain" = e."domain" FROM "entities" e WHERE d."kind" = 'entity' AND e."name" = d."name" AND e."domain" IS NOT NULL;
--> statement-breakpoint
UPDATE "catalog_documents" SET "search" = "search" || setweight(to_tsvector('simple', translate("team" || ' ' || coalesce("domain", ''), '_-', '  ')), 'B');
--> statement-breakpoint
INSERT INTO "catalog_words" SELECT DISTINCT w."word" FROM (
	SELECT regexp_split_to_table("words" || ' ' || lower("description"), '[^[:alnum:]]+') AS "word" FROM "catalog_documents"
) w WHERE w."word" ~ '[[:alpha:]]' AND length(w."word") BETWEEN 3 AND 40 ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Counts that are kept are counted anew when a line or a certification changes.
CREATE FUNCTION almanac_catalog_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('almanac_catalog', '');
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER catalog_documents_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "catalog_documents"
  FOR EACH STATEMENT EXECUTE FUNCTION almanac_catalog_changed();--> statement-breakpoint
CREATE TRIGGER certifications_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "certifications"
  FOR EACH STATEMENT EXECUTE FUNCTION almanac_catalog_changed();
