CREATE TABLE "promotions" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"environment" text NOT NULL,
	"version_id" text NOT NULL,
	"major" integer NOT NULL,
	"revision" integer NOT NULL,
	"kind" text NOT NULL,
	"previous_version_id" text,
	"previous_major" integer,
	"by" text NOT NULL,
	"reason" text,
	"accepted" text[] DEFAULT '{}'::text[] NOT NULL,
	"at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "version_checks" (
	"version_id" text NOT NULL,
	"kind" text NOT NULL,
	"definition_hash" text NOT NULL,
	"passed" boolean NOT NULL,
	"outcomes" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "version_checks_version_id_kind_definition_hash_pk" PRIMARY KEY("version_id","kind","definition_hash")
);
--> statement-breakpoint
CREATE INDEX "promotions_group" ON "promotions" USING btree ("group_id","environment","at");--> statement-breakpoint
INSERT INTO "promotions" ("id", "group_id", "environment", "version_id", "major", "revision", "kind", "previous_version_id", "previous_major", "by", "at")
SELECT md5(v."id" || e."environment"), v."group_id", e."environment", v."id", v."major", v."revision", 'promoted',
  lag(v."id") OVER past, lag(v."major") OVER past, coalesce(e."promoted_by", v."created_by"), e."promoted_at"
FROM "version_environments" e
JOIN "feature_group_versions" v ON v."id" = e."version_id"
WHERE e."promoted_at" IS NOT NULL
WINDOW past AS (PARTITION BY v."group_id", e."environment" ORDER BY e."promoted_at", v."major");--> statement-breakpoint
CREATE TRIGGER promotions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "promotions"
  FOR EACH STATEMENT EXECUTE FUNCTION almanac_append_only();
