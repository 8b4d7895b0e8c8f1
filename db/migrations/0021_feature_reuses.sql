CREATE TABLE "feature_reuses" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"feature" text NOT NULL,
	"instead_of" text NOT NULL,
	"by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "feature_reuses" ADD CONSTRAINT "feature_reuses_group_id_feature_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."feature_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "feature_reuses_feature" ON "feature_reuses" USING btree ("group_id","feature");