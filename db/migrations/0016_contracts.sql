CREATE TABLE "contract_breaches" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"version_id" text NOT NULL,
	"environment" text NOT NULL,
	"contract_number" integer,
	"rule" text NOT NULL,
	"term" text NOT NULL,
	"feature" text,
	"outcome" text NOT NULL,
	"severity" text NOT NULL,
	"same_as" text NOT NULL,
	"commit_id" text,
	"window_start" timestamp(6) with time zone,
	"window_end" timestamp(6) with time zone,
	"rows" bigint NOT NULL,
	"checked" bigint,
	"observed" text NOT NULL,
	"promised" text NOT NULL,
	"occurrences" integer DEFAULT 1 NOT NULL,
	"opened_at" timestamp(6) with time zone NOT NULL,
	"last_at" timestamp(6) with time zone NOT NULL,
	"closed_at" timestamp(6) with time zone,
	CONSTRAINT "contract_breaches_same" UNIQUE("version_id","environment","same_as")
);
--> statement-breakpoint
CREATE TABLE "contract_days" (
	"version_id" text NOT NULL,
	"environment" text NOT NULL,
	"day" date NOT NULL,
	"contract_number" integer NOT NULL,
	"terms" integer NOT NULL,
	"broken" integer NOT NULL,
	"judged_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "contract_days_version_id_environment_day_pk" PRIMARY KEY("version_id","environment","day")
);
--> statement-breakpoint
CREATE TABLE "contract_expectations" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"major" integer NOT NULL,
	"party" text NOT NULL,
	"party_id" text NOT NULL,
	"party_name" text NOT NULL,
	"terms" jsonb NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"stated_by_id" text NOT NULL,
	"stated_by_name" text NOT NULL,
	"stated_at" timestamp(6) with time zone NOT NULL,
	"decided_by_id" text,
	"decided_by_name" text,
	"decided_at" timestamp(6) with time zone,
	"reply" text,
	"accepted_in" integer
);
--> statement-breakpoint
CREATE TABLE "contract_signatures" (
	"contract_id" text NOT NULL,
	"party" text NOT NULL,
	"party_id" text NOT NULL,
	"party_name" text NOT NULL,
	"signed_by_id" text NOT NULL,
	"signed_by_name" text NOT NULL,
	"signed_at" timestamp(6) with time zone NOT NULL,
	"carried_from" integer,
	CONSTRAINT "contract_signatures_contract_id_party_party_id_pk" PRIMARY KEY("contract_id","party","party_id")
);
--> statement-breakpoint
CREATE TABLE "contract_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"major" integer NOT NULL,
	"number" integer NOT NULL,
	"terms" jsonb NOT NULL,
	"texts" jsonb NOT NULL,
	"change" text NOT NULL,
	"reason" text,
	"valid_from" timestamp(6) with time zone NOT NULL,
	"proposed_at" timestamp(6) with time zone NOT NULL,
	"proposed_by_id" text NOT NULL,
	"proposed_by_name" text NOT NULL,
	"agreed_at" timestamp(6) with time zone,
	"withdrawn_at" timestamp(6) with time zone,
	"withdrawn_reason" text,
	"document" jsonb,
	CONSTRAINT "contract_versions_number" UNIQUE("group_id","major","number")
);
--> statement-breakpoint
ALTER TABLE "contract_breaches" ADD CONSTRAINT "contract_breaches_group_id_feature_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."feature_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_breaches" ADD CONSTRAINT "contract_breaches_version_id_feature_group_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."feature_group_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_breaches" ADD CONSTRAINT "contract_breaches_environment_environments_name_fk" FOREIGN KEY ("environment") REFERENCES "public"."environments"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_days" ADD CONSTRAINT "contract_days_version_id_feature_group_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."feature_group_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_expectations" ADD CONSTRAINT "contract_expectations_group_id_feature_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."feature_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_signatures" ADD CONSTRAINT "contract_signatures_contract_id_contract_versions_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contract_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_versions" ADD CONSTRAINT "contract_versions_group_id_feature_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."feature_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contract_breaches_group" ON "contract_breaches" USING btree ("group_id","opened_at");--> statement-breakpoint
CREATE INDEX "contract_breaches_open" ON "contract_breaches" USING btree ("version_id","environment") WHERE "contract_breaches"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "contract_expectations_group" ON "contract_expectations" USING btree ("group_id","major","state");