// The system's Chromium, and how it is started.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

function executable(name) {
  return process.env.PATH.split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

export const launchOptions = {
  executablePath: ["chromium", "chromium-browser", "google-chrome"].map(executable).find(Boolean),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
