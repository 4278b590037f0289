"use client";

import { OnDemand } from "@/components/shared/on-demand";
import { useFollowing } from "@/lib/client/followed-jobs";

const loadNotices = () => import("./notice-list").then((module) => module.NoticeList);

/** Tells of followed jobs that ended; loaded once there is one to follow. */
export function JobNotices() {
  const { followed, notices } = useFollowing();
  return (
    // At the foot, above a form's bar: a page's actions, which start most jobs, are at its head.
    <section
      aria-label="Notices"
      className="pointer-events-none fixed inset-x-2 bottom-16 z-30 ml-auto w-auto max-w-sm sm:left-auto sm:w-96"
    >
      {followed.length + notices.length > 0 ? (
        <OnDemand load={loadNotices} props={{}} missing="Notices cannot be shown" />
      ) : null}
    </section>
  );
}
