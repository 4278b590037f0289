"use client";

import dynamic from "next/dynamic";
import { useFollowing } from "@/lib/client/followed-jobs";

const NoticeList = dynamic(() => import("./notice-list").then((module) => module.NoticeList), { ssr: false });

/** Tells of followed jobs that ended; loaded once there is one to follow. */
export function JobNotices() {
  const { followed, notices } = useFollowing();
  return followed.length + notices.length > 0 ? <NoticeList /> : null;
}
