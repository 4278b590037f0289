"use client";

import { Menu } from "lucide-react";
import { useState } from "react";
import { OnDemand } from "@/components/shared/on-demand";
import { IconButton } from "@/components/ui/icon-button";
import type { Theme } from "@/lib/client/theme";
import { useWide } from "./use-wide";

const loadDrawer = () => import("./navigation-drawer").then((module) => module.NavigationDrawer);

/** Where there is no room for the sidebar: opens it as a drawer, which is loaded when it is first wanted. */
export function MenuButton({ theme }: { theme: Theme }) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const wide = useWide();
  return (
    <>
      <IconButton
        label="Menu"
        Icon={Menu}
        aria-haspopup="dialog"
        className="size-9 lg:hidden"
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      />
      {wanted && !wide ? (
        <OnDemand
          load={loadDrawer}
          props={{ open, onOpenChange: setOpen, theme }}
          missing="The menu cannot be shown"
        />
      ) : null}
    </>
  );
}
