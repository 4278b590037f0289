import type { ReactNode } from "react";
import type { Theme } from "@/lib/client/theme";
import { Brand } from "./brand";
import { JobNotices } from "./job-notices";
import { MenuButton } from "./menu-button";
import { Navigation } from "./navigation";
import { NewVmButton } from "./new-vm-button";
import { RecentJobs } from "./recent-jobs";
import { SearchButton } from "./search-button";
import { ThemeSwitch } from "./theme-switch";
import { TreePanel } from "./tree-panel";

/**
 * What stands around every page: a sidebar where there is room for one; on a narrow page a bar with what one
 * does most, and the rest behind its first button.
 */
export function Frame({ theme, children }: { theme: Theme; children: ReactNode }) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[16rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-20 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2 focus:shadow-float"
      >
        Skip to content
      </a>
      <header className="flex items-center gap-1 border-line border-b bg-ground px-2 py-1.5 lg:sticky lg:top-0 lg:h-dvh lg:flex-col lg:items-stretch lg:gap-3 lg:overflow-y-auto lg:border-r lg:border-b-0 lg:p-3">
        <MenuButton theme={theme} />
        <div className="mr-auto lg:mr-0">
          <Brand />
        </div>
        <div className="flex items-center gap-1 lg:gap-2">
          <SearchButton />
          <NewVmButton />
        </div>
        <div className="hidden lg:block">
          <Navigation />
        </div>
        <div className="hidden min-h-40 flex-1 flex-col lg:flex">
          <TreePanel />
        </div>
        <RecentJobs />
        <div className="hidden lg:block">
          <ThemeSwitch initial={theme} />
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="w-full min-w-0 max-w-[110rem] px-4 py-5 outline-none sm:px-6 lg:px-8 lg:py-6"
      >
        {children}
      </main>
      <JobNotices />
    </div>
  );
}
