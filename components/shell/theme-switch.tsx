"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { applyTheme, THEMES, type Theme } from "@/lib/client/theme";

const FACES = {
  system: { label: "System theme", Icon: Monitor },
  light: { label: "Light theme", Icon: Sun },
  dark: { label: "Dark theme", Icon: Moon },
} as const;

export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  return (
    <fieldset className="inline-flex gap-0.5 rounded-md border border-line p-0.5">
      <legend className="sr-only">Theme</legend>
      {THEMES.map((each) => {
        const { label, Icon } = FACES[each];
        return (
          <button
            key={each}
            type="button"
            aria-pressed={theme === each}
            aria-label={label}
            title={label}
            className="grid size-7 place-items-center rounded text-muted hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink"
            onClick={() => {
              applyTheme(each);
              setTheme(each);
            }}
          >
            <Icon aria-hidden="true" className="size-4" />
          </button>
        );
      })}
    </fieldset>
  );
}
