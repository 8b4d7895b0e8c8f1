CREATE TABLE "definition_runs" (
	"job_id" text PRIMARY KEY NOT NULL,
	"act" text NOT NULL,
	"input" "bytea",
	"outcome" "bytea",
	"problem" "bytea",
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "definition_runs" ADD CONSTRAINT "definition_runs_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE no action ON UPDATE no action;