"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { applyTheme, currentTheme, onThemeChange, type Theme } from "@/lib/client/theme";

const OPTIONS = [
  { value: "system", label: "System theme", Icon: Monitor },
  { value: "light", label: "Light theme", Icon: Sun },
  { value: "dark", label: "Dark theme", Icon: Moon },
] as const;

/** @param initial what the server has drawn the page with */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const theme = useSyncExternalStore(onThemeChange, currentTheme, () => initial);
  return <SegmentedControl label="Theme" options={OPTIONS} value={theme} onChange={applyTheme} />;
}
