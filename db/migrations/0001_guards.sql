-- Updates of a hot row stay on its page.
ALTER TABLE "online_rows" SET (fillfactor = 70);--> statement-breakpoint
INSERT INTO "environments" ("name", "position") VALUES ('dev', 0), ('staging', 1), ('prod', 2);--> statement-breakpoint
CREATE FUNCTION almanac_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_log"
  FOR EACH STATEMENT EXECUTE FUNCTION almanac_append_only();--> statement-breakpoint
CREATE TRIGGER audit_chain_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_chain"
  FOR EACH STATEMENT EXECUTE FUNCTION almanac_append_only();
