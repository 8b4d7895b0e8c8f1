CREATE TABLE "campaign_items" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"team_id" text NOT NULL,
	"because" text NOT NULL,
	"answer" text,
	"answer_reason" text,
	"answered_by" text,
	"answered_at" timestamp(6) with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"deadline" timestamp(6) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"reminded_at" timestamp(6) with time zone,
	"closed_at" timestamp(6) with time zone,
	"closed_by" text,
	"summary" jsonb
);
--> statement-breakpoint
CREATE TABLE "deprecation_graces" (
	"id" text PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"consumer_kind" text NOT NULL,
	"consumer_id" text NOT NULL,
	"consumer_name" text NOT NULL,
	"until" timestamp(6) with time zone NOT NULL,
	"reason" text NOT NULL,
	"granted_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp(6) with time zone,
	"withdrawn_by" text,
	"withdraw_reason" text
);
--> statement-breakpoint
ALTER TABLE "campaign_items" ADD CONSTRAINT "campaign_items_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deprecation_graces" ADD CONSTRAINT "deprecation_graces_version_id_feature_group_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."feature_group_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaign_items_campaign" ON "campaign_items" USING btree ("campaign_id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_items_asset" ON "campaign_items" USING btree ("campaign_id","kind","name","version");--> statement-breakpoint
CREATE INDEX "deprecation_graces_version" ON "deprecation_graces" USING btree ("version_id");