CREATE TABLE "change_set_items" (
	"change_set_id" text NOT NULL,
	"review_id" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "change_set_items_change_set_id_review_id_pk" PRIMARY KEY("change_set_id","review_id")
);
--> statement-breakpoint
CREATE TABLE "change_sets" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"reason" text,
	"state" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"decided_by" text,
	"decided_at" timestamp(6) with time zone,
	"decision_reason" text,
	"revision" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_authors" (
	"review_id" text NOT NULL,
	"principal_id" text NOT NULL,
	"hand" text NOT NULL,
	"at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "review_authors_review_id_principal_id_hand_pk" PRIMARY KEY("review_id","principal_id","hand")
);
--> statement-breakpoint
CREATE TABLE "review_comments" (
	"id" text PRIMARY KEY NOT NULL,
	"thread_id" text NOT NULL,
	"created_by" text NOT NULL,
	"stands_for" text[] NOT NULL,
	"text" text NOT NULL,
	"suggestion" jsonb,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "review_decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"review_id" text NOT NULL,
	"decision" text NOT NULL,
	"by" text NOT NULL,
	"by_name" text NOT NULL,
	"stands_for" text[] NOT NULL,
	"reason" text,
	"at" timestamp(6) with time zone NOT NULL,
	"voided_at" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "review_threads" (
	"id" text PRIMARY KEY NOT NULL,
	"review_id" text NOT NULL,
	"field" text DEFAULT '' NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"resolved_by" text,
	"resolved_at" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"major" integer NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"risk" text,
	"risk_reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"approvals_needed" integer DEFAULT 1 NOT NULL,
	"approvers_from" text DEFAULT 'anyone' NOT NULL,
	"submitted_by" text,
	"submitted_at" timestamp(6) with time zone,
	"due_at" timestamp(6) with time zone,
	"reminded_at" timestamp(6) with time zone,
	"escalated_at" timestamp(6) with time zone,
	"change_set_id" text,
	"base" text,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp(6) with time zone
);
--> statement-breakpoint
ALTER TABLE "feature_group_versions" ADD COLUMN "rejected_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "change_set_items" ADD CONSTRAINT "change_set_items_change_set_id_change_sets_id_fk" FOREIGN KEY ("change_set_id") REFERENCES "public"."change_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_set_items" ADD CONSTRAINT "change_set_items_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_authors" ADD CONSTRAINT "review_authors_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_comments" ADD CONSTRAINT "review_comments_thread_id_review_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."review_threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_decisions" ADD CONSTRAINT "review_decisions_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_threads" ADD CONSTRAINT "review_threads_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_group_id_feature_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."feature_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_change_set_id_change_sets_id_fk" FOREIGN KEY ("change_set_id") REFERENCES "public"."change_sets"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "change_set_items_review" ON "change_set_items" USING btree ("review_id");--> statement-breakpoint
CREATE INDEX "change_sets_state" ON "change_sets" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "review_comments_thread" ON "review_comments" USING btree ("thread_id","created_at");--> statement-breakpoint
CREATE INDEX "review_decisions_review" ON "review_decisions" USING btree ("review_id","at");--> statement-breakpoint
CREATE INDEX "review_threads_review" ON "review_threads" USING btree ("review_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_open" ON "reviews" USING btree ("group_id","major") WHERE "reviews"."state" = 'open';--> statement-breakpoint
CREATE INDEX "reviews_version" ON "reviews" USING btree ("group_id","major","created_at");--> statement-breakpoint
CREATE INDEX "reviews_due" ON "reviews" USING btree ("due_at") WHERE "reviews"."state" = 'open';--> statement-breakpoint
CREATE INDEX "reviews_change_set" ON "reviews" USING btree ("change_set_id");