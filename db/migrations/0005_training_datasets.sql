CREATE TABLE "spine_uploads" (
	"id" text PRIMARY KEY NOT NULL,
	"path" text NOT NULL,
	"format" text NOT NULL,
	"name" text NOT NULL,
	"bytes" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "training_dataset_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"dataset_id" text NOT NULL,
	"version" integer NOT NULL,
	"environment" text NOT NULL,
	"state" text NOT NULL,
	"classification" text NOT NULL,
	"known_at" timestamp(6) with time zone NOT NULL,
	"spec" jsonb NOT NULL,
	"parts" jsonb NOT NULL,
	"job_id" text,
	"rows" bigint,
	"left_out" bigint,
	"content_hash" text,
	"columns" jsonb,
	"files" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"certificate" jsonb,
	"verification" jsonb,
	"revision" integer DEFAULT 1 NOT NULL,
	"files_deleted_at" timestamp(6) with time zone,
	"files_deleted_by" text,
	"files_deleted_reason" text,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp(6) with time zone,
	CONSTRAINT "training_dataset_versions_number" UNIQUE("dataset_id","version")
);
--> statement-breakpoint
CREATE TABLE "training_datasets" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"owner_team_id" text NOT NULL,
	"classification" text NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "training_datasets_name_unique" UNIQUE("name")
);
--> statement-breakpoint
ALTER TABLE "training_dataset_versions" ADD CONSTRAINT "training_dataset_versions_dataset_id_training_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."training_datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_datasets" ADD CONSTRAINT "training_datasets_owner_team_id_teams_id_fk" FOREIGN KEY ("owner_team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "spine_uploads_path" ON "spine_uploads" USING btree ("path");--> statement-breakpoint
CREATE INDEX "spine_uploads_expires" ON "spine_uploads" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "training_dataset_versions_job" ON "training_dataset_versions" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "training_datasets_owner" ON "training_datasets" USING btree ("owner_team_id");