/** What only Chromium has: offscreen documents and side panels. One place to look. */

export async function hostExists(): Promise<boolean> {
  const contexts = await chrome.runtime.getContexts({
    contextTypes: ['OFFSCREEN_DOCUMENT' as chrome.runtime.ContextType],
  });
  return contexts.length > 0;
}

/** Resolves when the document exists, whoever made it. */
export async function createHostDocument(): Promise<void> {
  try {
    await chrome.offscreen.createDocument({
      url: chrome.runtime.getURL('offscreen.html'),
      // Only USER_MEDIA and WEB_RTC have no lifetime limit; with playback alone 30 s of silence would close the document.
      reasons: ['USER_MEDIA', 'WEB_RTC', 'AUDIO_PLAYBACK'] as chrome.offscreen.Reason[],
      justification: 'Holds the voice call: microphone, connection and loudspeaker.',
    });
  } catch (error) {
    if (!String(error).includes('Only a single offscreen document may be created')) throw error;
  }
}

export async function closeHostDocument(): Promise<void> {
  try {
    await chrome.offscreen.closeDocument();
  } catch (error) {
    if (!String(error).includes('No current offscreen document')) throw error;
  }
}

/** Must be called in the same turn as the person's gesture: nothing may be awaited before it. */
export function openSidePanel(windowId: number): Promise<void> {
  return chrome.sidePanel.open({ windowId });
}
