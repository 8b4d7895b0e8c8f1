CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "audit_chain" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"audit_id" text NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	"sealed_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" text PRIMARY KEY NOT NULL,
	"time" timestamp(6) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"on_behalf_of" text,
	"via" text NOT NULL,
	"action" text NOT NULL,
	"resource_kind" text NOT NULL,
	"resource_name" text NOT NULL,
	"environment" text,
	"verdict" text NOT NULL,
	"policies" text[] NOT NULL,
	"policy_version" text NOT NULL,
	"reason" text,
	"before" jsonb,
	"after" jsonb,
	"request_id" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog_documents" (
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"group_name" text,
	"group_id" text,
	"description" text NOT NULL,
	"words" text NOT NULL,
	"entity" text,
	"team" text NOT NULL,
	"team_id" text NOT NULL,
	"tags" text[] NOT NULL,
	"data_type" text,
	"classification" text NOT NULL,
	"lifecycle" text NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL,
	"search" "tsvector" NOT NULL,
	CONSTRAINT "catalog_documents_kind_name_pk" PRIMARY KEY("kind","name")
);
--> statement-breakpoint
CREATE TABLE "commit_files" (
	"commit_id" text NOT NULL,
	"path" text NOT NULL,
	"rows" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"min_event_time" timestamp(6) with time zone,
	"max_event_time" timestamp(6) with time zone,
	CONSTRAINT "commit_files_commit_id_path_pk" PRIMARY KEY("commit_id","path")
);
--> statement-breakpoint
CREATE TABLE "commits" (
	"id" text PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"environment" text NOT NULL,
	"kind" text NOT NULL,
	"created" timestamp(6) with time zone NOT NULL,
	"rows" bigint NOT NULL,
	"tombstones" bigint DEFAULT 0 NOT NULL,
	"rejected" bigint DEFAULT 0 NOT NULL,
	"quarantined" bigint DEFAULT 0 NOT NULL,
	"superseded" bigint DEFAULT 0 NOT NULL,
	"min_event_time" timestamp(6) with time zone,
	"max_event_time" timestamp(6) with time zone,
	"online_state" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"via" text NOT NULL,
	"reverted_by" text,
	CONSTRAINT "commits_created" UNIQUE("version_id","environment","created")
);
--> statement-breakpoint
CREATE TABLE "edges" (
	"id" text PRIMARY KEY NOT NULL,
	"from_kind" text NOT NULL,
	"from_name" text NOT NULL,
	"to_kind" text NOT NULL,
	"to_name" text NOT NULL,
	"relation" text NOT NULL,
	"author" text NOT NULL,
	"valid_from" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"valid_to" timestamp(6) with time zone,
	CONSTRAINT "edges_open" UNIQUE NULLS NOT DISTINCT("from_kind","from_name","to_kind","to_name","relation","valid_to")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"scope" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"state" text NOT NULL,
	"status" integer,
	"headers" jsonb,
	"body" text,
	"commit_id" text,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"input" jsonb NOT NULL,
	"progress" jsonb,
	"result" jsonb,
	"error" text,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp(6) with time zone,
	"finished_at" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "online_rows" (
	"entity_key" text COLLATE "C" NOT NULL,
	"view_id" integer NOT NULL,
	"event_time" timestamp(6) with time zone NOT NULL,
	"created" timestamp(6) with time zone NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"v" text NOT NULL,
	CONSTRAINT "online_rows_entity_key_view_id_pk" PRIMARY KEY("entity_key","view_id")
);
--> statement-breakpoint
CREATE TABLE "profiles" (
	"id" text PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"environment" text NOT NULL,
	"feature" text NOT NULL,
	"side" text NOT NULL,
	"window_start" timestamp(6) with time zone,
	"window_end" timestamp(6) with time zone,
	"reference_id" text,
	"as_of" timestamp(6) with time zone NOT NULL,
	"rows" bigint NOT NULL,
	"statistics" jsonb NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "profiles_window" UNIQUE NULLS NOT DISTINCT("version_id","environment","feature","side","window_start","window_end")
);
--> statement-breakpoint
CREATE TABLE "quarantined_rows" (
	"id" text PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"environment" text NOT NULL,
	"commit_id" text,
	"row_number" bigint NOT NULL,
	"row" jsonb NOT NULL,
	"errors" jsonb NOT NULL,
	"state" text DEFAULT 'held' NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_minutes" (
	"minute" timestamp(6) with time zone NOT NULL,
	"consumer_kind" text NOT NULL,
	"consumer_id" text NOT NULL,
	"group_name" text NOT NULL,
	"version" integer NOT NULL,
	"feature" text NOT NULL,
	"environment" text NOT NULL,
	"side" text NOT NULL,
	"reads" bigint NOT NULL,
	"cells" bigint NOT NULL,
	CONSTRAINT "usage_minutes_minute_consumer_kind_consumer_id_group_name_version_feature_environment_side_pk" PRIMARY KEY("minute","consumer_kind","consumer_id","group_name","version","feature","environment","side")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"secret_hash" text NOT NULL,
	"owner_kind" text NOT NULL,
	"owner_id" text NOT NULL,
	"scopes" text[] DEFAULT '{}'::text[] NOT NULL,
	"environments" text[] DEFAULT '{}'::text[] NOT NULL,
	"groups" text[] DEFAULT '{}'::text[] NOT NULL,
	"expires_at" timestamp(6) with time zone,
	"last_used_at" timestamp(6) with time zone,
	"revoked_at" timestamp(6) with time zone,
	"created_by" text,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_keys_secretHash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" text PRIMARY KEY NOT NULL,
	"principal_kind" text NOT NULL,
	"principal_id" text NOT NULL,
	"action" text NOT NULL,
	"group_id" text NOT NULL,
	"environments" text[] DEFAULT '{}'::text[] NOT NULL,
	"purpose" text,
	"reason" text NOT NULL,
	"granted_by" text NOT NULL,
	"expires_at" timestamp(6) with time zone NOT NULL,
	"revoked_at" timestamp(6) with time zone,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "grants_reason" CHECK (length("grants"."reason") > 0)
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"sample" boolean DEFAULT false NOT NULL,
	"failed_sign_ins" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp(6) with time zone,
	"disabled_at" timestamp(6) with time zone,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "role_assignments" (
	"id" text PRIMARY KEY NOT NULL,
	"principal_id" text NOT NULL,
	"role" text NOT NULL,
	"team_id" text,
	"environment" text,
	"created_by" text,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"disabled_at" timestamp(6) with time zone,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "service_accounts_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"user_agent" text,
	"address" text,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp(6) with time zone NOT NULL,
	"revoked_at" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"expires_at" timestamp(6) with time zone NOT NULL,
	"used_at" timestamp(6) with time zone,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"team_id" text NOT NULL,
	"principal_id" text NOT NULL,
	"membership" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "team_members_team_id_principal_id_pk" PRIMARY KEY("team_id","principal_id")
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"display_name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "teams_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "entities" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"keys" jsonb NOT NULL,
	"domain" text,
	"owner_team_id" text NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entities_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "environments" (
	"name" text PRIMARY KEY NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feature_group_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"major" integer NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"primary_key" jsonb NOT NULL,
	"timestamp_key" text NOT NULL,
	"ttl_seconds" integer,
	"source_delay_seconds" integer DEFAULT 0 NOT NULL,
	"allowed_skew_seconds" integer DEFAULT 86400 NOT NULL,
	"online" boolean NOT NULL,
	"source" jsonb NOT NULL,
	"inputs" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"transformation" jsonb,
	"deprecated_at" timestamp(6) with time zone,
	"deprecation_reason" text,
	"replacement" text,
	"sunset_at" timestamp(6) with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"activated_at" timestamp(6) with time zone,
	CONSTRAINT "feature_group_versions_major" UNIQUE("group_id","major")
);
--> statement-breakpoint
CREATE TABLE "feature_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"entity_id" text,
	"owner_team_id" text NOT NULL,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"classification" text NOT NULL,
	"domain" text,
	"cadence_seconds" integer,
	"sample" boolean DEFAULT false NOT NULL,
	"note" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feature_groups_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "feature_service_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"version" integer NOT NULL,
	"features" jsonb NOT NULL,
	"full_feature_names" boolean DEFAULT false NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feature_service_versions_version" UNIQUE("service_id","version")
);
--> statement-breakpoint
CREATE TABLE "feature_services" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"purpose" text,
	"owner_team_id" text NOT NULL,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feature_services_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "features" (
	"id" text PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"expression" text,
	"contract" jsonb,
	"classification" text,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"role" text DEFAULT 'feature' NOT NULL,
	"horizon" text,
	CONSTRAINT "features_name" UNIQUE("version_id","name")
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"kind" text NOT NULL,
	"config" jsonb NOT NULL,
	"freshness_seconds" integer,
	"owner_team_id" text NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sources_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "version_environments" (
	"version_id" text NOT NULL,
	"environment" text NOT NULL,
	"state" text NOT NULL,
	"view_id" integer GENERATED ALWAYS AS IDENTITY (sequence name "version_environments_view_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"last_created" timestamp(6) with time zone,
	"row_count" bigint DEFAULT 0 NOT NULL,
	"newest_event_time" timestamp(6) with time zone,
	"promoted_at" timestamp(6) with time zone,
	"promoted_by" text,
	CONSTRAINT "version_environments_version_id_environment_pk" PRIMARY KEY("version_id","environment")
);
--> statement-breakpoint
ALTER TABLE "audit_chain" ADD CONSTRAINT "audit_chain_audit_id_audit_log_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audit_log"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commit_files" ADD CONSTRAINT "commit_files_commit_id_commits_id_fk" FOREIGN KEY ("commit_id") REFERENCES "public"."commits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_assignments_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entities" ADD CONSTRAINT "entities_owner_team_id_teams_id_fk" FOREIGN KEY ("owner_team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feature_group_versions" ADD CONSTRAINT "feature_group_versions_group_id_feature_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."feature_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feature_groups" ADD CONSTRAINT "feature_groups_entity_id_entities_id_fk" FOREIGN KEY ("entity_id") REFERENCES "public"."entities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feature_groups" ADD CONSTRAINT "feature_groups_owner_team_id_teams_id_fk" FOREIGN KEY ("owner_team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feature_service_versions" ADD CONSTRAINT "feature_service_versions_service_id_feature_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."feature_services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feature_services" ADD CONSTRAINT "feature_services_owner_team_id_teams_id_fk" FOREIGN KEY ("owner_team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "features" ADD CONSTRAINT "features_version_id_feature_group_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."feature_group_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_owner_team_id_teams_id_fk" FOREIGN KEY ("owner_team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_environments" ADD CONSTRAINT "version_environments_version_id_feature_group_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."feature_group_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_environments" ADD CONSTRAINT "version_environments_environment_environments_name_fk" FOREIGN KEY ("environment") REFERENCES "public"."environments"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_chain_audit_id" ON "audit_chain" USING btree ("audit_id");--> statement-breakpoint
CREATE INDEX "audit_log_time" ON "audit_log" USING btree ("time" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_log_resource" ON "audit_log" USING btree ("resource_kind","resource_name");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "catalog_documents_search" ON "catalog_documents" USING gin ("search");--> statement-breakpoint
CREATE INDEX "catalog_documents_words" ON "catalog_documents" USING gin ("words" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "catalog_documents_short" ON "catalog_documents" USING btree ("short_name" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "catalog_documents_group" ON "catalog_documents" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "commits_version" ON "commits" USING btree ("version_id","environment","created" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "edges_to" ON "edges" USING btree ("to_kind","to_name");--> statement-breakpoint
CREATE INDEX "idempotency_keys_expires" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "jobs_state" ON "jobs" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "quarantined_rows_version" ON "quarantined_rows" USING btree ("version_id","environment","state");--> statement-breakpoint
CREATE INDEX "usage_minutes_group" ON "usage_minutes" USING btree ("group_name","feature","minute");--> statement-breakpoint
CREATE INDEX "api_keys_owner" ON "api_keys" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "grants_principal" ON "grants" USING btree ("principal_id");--> statement-breakpoint
CREATE INDEX "grants_group" ON "grants" USING btree ("group_id");--> statement-breakpoint
CREATE UNIQUE INDEX "people_email" ON "people" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "role_assignments_principal" ON "role_assignments" USING btree ("principal_id");--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sign_in_links_person" ON "sign_in_links" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "team_members_principal" ON "team_members" USING btree ("principal_id");--> statement-breakpoint
CREATE INDEX "feature_groups_owner" ON "feature_groups" USING btree ("owner_team_id");--> statement-breakpoint
CREATE INDEX "feature_groups_entity" ON "feature_groups" USING btree ("entity_id");--> statement-breakpoint
CREATE INDEX "features_position" ON "features" USING btree ("version_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "version_environments_view" ON "version_environments" USING btree ("view_id");