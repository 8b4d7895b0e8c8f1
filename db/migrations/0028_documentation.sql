CREATE TABLE "documentation_revisions" (
	"asset_kind" text NOT NULL,
	"asset_name" text NOT NULL,
	"revision" integer NOT NULL,
	"body" text NOT NULL,
	"author_id" text NOT NULL,
	"author_name" text NOT NULL,
	"reason" text,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "documentation_revisions_asset_kind_asset_name_revision_pk" PRIMARY KEY("asset_kind","asset_name","revision")
);
