CREATE TABLE "job_log" (
	"job_id" text NOT NULL,
	"line" integer NOT NULL,
	"at" timestamp(6) with time zone NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "job_log_job_id_line_pk" PRIMARY KEY("job_id","line")
);
--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "resource_kind" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "resource_name" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "environment" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "once" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "run_after" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "heartbeat_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "cancel_requested_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "checkpoint" jsonb;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "created_by_key" text;--> statement-breakpoint
ALTER TABLE "job_log" ADD CONSTRAINT "job_log_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "jobs_resource" ON "jobs" USING btree ("resource_kind","resource_name");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_once" ON "jobs" USING btree ("once") WHERE "jobs"."state" in ('queued', 'running');