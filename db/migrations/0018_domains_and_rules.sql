CREATE TABLE "domains" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"owner_team_id" text NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "domains_name_unique" UNIQUE("name")
);
--> statement-breakpoint
ALTER TABLE "feature_groups" ADD COLUMN "purposes" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "feature_groups" ADD COLUMN "lawful_basis" text;--> statement-breakpoint
ALTER TABLE "feature_groups" ADD COLUMN "permitted_use" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "feature_groups" ADD COLUMN "permitted_use_note" text;--> statement-breakpoint
ALTER TABLE "feature_groups" ADD COLUMN "custom" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "features" ADD COLUMN "permitted_use" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "domains" ADD CONSTRAINT "domains_owner_team_id_teams_id_fk" FOREIGN KEY ("owner_team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What entities and groups name already becomes a domain, owned by the team of the asset that was there first.
INSERT INTO "domains" ("id", "name", "owner_team_id", "sample", "created_by")
SELECT gen_random_uuid()::text, used.domain, used.owner_team_id, used.sample, used.created_by FROM (
	SELECT DISTINCT ON (domain) domain, owner_team_id, created_by, sample FROM (
		SELECT domain, owner_team_id, created_by, created_at, sample FROM "entities" WHERE domain IS NOT NULL
		UNION ALL
		SELECT domain, owner_team_id, created_by, created_at, sample FROM "feature_groups" WHERE domain IS NOT NULL
	) AS every ORDER BY domain, sample, created_at
) AS used;
