CREATE TABLE `people` (
  `id` integer PRIMARY KEY NOT NULL,
  `name` text NOT NULL,
  `email` text NOT NULL,
  `role` text NOT NULL,
  `title` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_email_unique` ON `people` (`email`);
--> statement-breakpoint
CREATE TABLE `tickets` (
  `id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  `subject` text NOT NULL,
  `body` text NOT NULL,
  `status` text NOT NULL,
  `priority` text NOT NULL,
  `requester_id` integer NOT NULL REFERENCES `people`(`id`),
  `assignee_id` integer REFERENCES `people`(`id`),
  `opened_at` integer NOT NULL,
  `updated_at` integer NOT NULL,
  `closed_at` integer
);
--> statement-breakpoint
CREATE INDEX `tickets_by_update` ON `tickets` (`updated_at`);
--> statement-breakpoint
CREATE INDEX `tickets_by_status` ON `tickets` (`status`, `updated_at`);
--> statement-breakpoint
CREATE TABLE `comments` (
  `id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  `ticket_id` integer NOT NULL REFERENCES `tickets`(`id`),
  `author_id` integer NOT NULL REFERENCES `people`(`id`),
  `body` text NOT NULL,
  `created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `comments_by_ticket` ON `comments` (`ticket_id`);
--> statement-breakpoint
CREATE TABLE `events` (
  `id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  `ticket_id` integer NOT NULL REFERENCES `tickets`(`id`),
  `kind` text NOT NULL,
  `actor_id` integer NOT NULL REFERENCES `people`(`id`),
  `from_value` text,
  `to_value` text,
  `created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_by_ticket` ON `events` (`ticket_id`);
