ALTER TABLE "quarantined_rows" ADD COLUMN "replayed_row" jsonb;--> statement-breakpoint
ALTER TABLE "quarantined_rows" ADD COLUMN "discarded" jsonb;