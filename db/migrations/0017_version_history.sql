CREATE TABLE "version_revisions" (
	"version_id" text NOT NULL,
	"revision" integer NOT NULL,
	"group_id" text NOT NULL,
	"major" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"stated" jsonb NOT NULL,
	"previous" text,
	"changes" jsonb NOT NULL,
	"author_id" text NOT NULL,
	"authored_at" timestamp(6) with time zone NOT NULL,
	"submitted_by" text,
	"submitted_at" timestamp(6) with time zone,
	"approved_by" text,
	"approved_at" timestamp(6) with time zone,
	"reason" text,
	"approval_reason" text,
	"restored_from" text,
	"backfilled" boolean DEFAULT false NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "version_revisions_version_id_revision_pk" PRIMARY KEY("version_id","revision")
);
--> statement-breakpoint
ALTER TABLE "feature_group_versions" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "feature_group_versions" ADD COLUMN "restored_from" text;--> statement-breakpoint
CREATE INDEX "version_revisions_group" ON "version_revisions" USING btree ("group_id","major","revision");--> statement-breakpoint
INSERT INTO "version_revisions" ("version_id", "revision", "group_id", "major", "definition", "stated", "changes", "author_id", "authored_at", "backfilled", "created_at")
SELECT v."id", v."revision", v."group_id", v."major",
  jsonb_build_object(
    'keys', v."primary_key", 'timestampKey', v."timestamp_key", 'ttlSeconds', v."ttl_seconds",
    'sourceDelaySeconds', v."source_delay_seconds", 'allowedSkewSeconds', v."allowed_skew_seconds",
    'online', v."online", 'source', v."source", 'inputs', v."inputs", 'transformation', v."transformation",
    'features', coalesce((
      SELECT jsonb_agg(jsonb_build_object(
        'name', f."name", 'type', f."type", 'description', f."description", 'expression', f."expression",
        'contract', f."contract", 'classification', f."classification", 'tags', f."tags", 'role', f."role",
        'horizon', f."horizon") ORDER BY f."position")
      FROM "features" f WHERE f."version_id" = v."id"), '[]'::jsonb)),
  jsonb_build_object(
    'description', g."description", 'tags', g."tags", 'classification', g."classification",
    'owner_team', t."name", 'entity', e."name", 'domain', g."domain", 'note', g."note"),
  '[]'::jsonb, v."created_by", v."created_at", true, coalesce(v."activated_at", v."created_at")
FROM "feature_group_versions" v
JOIN "feature_groups" g ON g."id" = v."group_id"
JOIN "teams" t ON t."id" = g."owner_team_id"
LEFT JOIN "entities" e ON e."id" = g."entity_id"
WHERE v."state" NOT IN ('draft', 'in_review');--> statement-breakpoint
CREATE TRIGGER version_revisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "version_revisions"
  FOR EACH STATEMENT EXECUTE FUNCTION almanac_append_only();
