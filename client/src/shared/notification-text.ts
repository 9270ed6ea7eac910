/**
 * Text for a notification, with what is written like a link made plain. VS Code turns `[text](command:…)` in a notification into a link that
 * runs the command, and part of the text is what a container or an engine wrote.
 */
export function notificationText(text: string): string {
  return text.replaceAll('](', '] (');
}
