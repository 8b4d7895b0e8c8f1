CREATE TABLE "source_files" (
	"source" text NOT NULL,
	"path" text NOT NULL,
	"stamp" text NOT NULL,
	"min_event_time" timestamp(6) with time zone,
	"max_event_time" timestamp(6) with time zone,
	"noticed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "source_files_source_path_pk" PRIMARY KEY("source","path")
);
--> statement-breakpoint
CREATE TABLE "transformation_intervals" (
	"id" text PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"environment" text NOT NULL,
	"from_at" timestamp(6) with time zone NOT NULL,
	"to_at" timestamp(6) with time zone NOT NULL,
	"state" text NOT NULL,
	"job_id" text NOT NULL,
	"commit_id" text,
	"rows" bigint NOT NULL,
	"at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transformation_states" (
	"version_id" text NOT NULL,
	"environment" text NOT NULL,
	"watermark" timestamp(6) with time zone,
	"scheduled_through" timestamp(6) with time zone,
	"handled" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attempted" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"run_as" text,
	"refusal" text,
	"refused_at" timestamp(6) with time zone,
	CONSTRAINT "transformation_states_version_id_environment_pk" PRIMARY KEY("version_id","environment")
);
--> statement-breakpoint
ALTER TABLE "transformation_intervals" ADD CONSTRAINT "transformation_intervals_version_id_feature_group_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."feature_group_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transformation_states" ADD CONSTRAINT "transformation_states_version_id_feature_group_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."feature_group_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transformation_states" ADD CONSTRAINT "transformation_states_environment_environments_name_fk" FOREIGN KEY ("environment") REFERENCES "public"."environments"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "source_files_noticed" ON "source_files" USING btree ("source","noticed_at");--> statement-breakpoint
CREATE INDEX "transformation_intervals_version" ON "transformation_intervals" USING btree ("version_id","environment","to_at");--> statement-breakpoint
CREATE INDEX "transformation_intervals_job" ON "transformation_intervals" USING btree ("job_id");--> statement-breakpoint
INSERT INTO "transformation_states" ("version_id", "environment", "watermark")
SELECT "version_id", "environment", max("max_event_time") FROM "commits"
WHERE "kind" = 'transformation' AND "reverted_by" IS NULL GROUP BY "version_id", "environment";--> statement-breakpoint
INSERT INTO "transformation_intervals" ("id", "version_id", "environment", "from_at", "to_at", "state", "job_id", "commit_id", "rows", "at")
SELECT "id", "version_id", "environment", coalesce(lag("max_event_time") OVER "versions", '0001-01-01T00:00:00Z'), "max_event_time", 'computed', "id", "id", "rows", "created"
FROM "commits" WHERE "kind" = 'transformation'
WINDOW "versions" AS (PARTITION BY "version_id", "environment" ORDER BY "created");
