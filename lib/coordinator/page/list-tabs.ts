/** The tabs that an assistant may know of. */
import type { TabSeen, TabsInView } from '../../protocol/messages.ts';
import { grantedTabs } from './granted-tabs.ts';
import { currentPolicy, refusalOfSite } from './policy.ts';
import { openTabs, tabInView, type Tab } from './tab.ts';

const longestTitle = 150;
const longestUrl = 500;

/** What a tab is called says much of it, so a site that may not be read is not named either. */
export async function listTabs(): Promise<TabsInView> {
  const [granted, inView, all, policy] = await Promise.all([grantedTabs(), tabInView(), openTabs(), currentPolicy()]);
  const told = granted.filter(({ incognito, url }) => !incognito && url && !refusalOfSite(url, policy));
  const tabs = told.map((tab) => seen(tab, inView));
  const others = all.filter(({ id }) => !tabs.some((each) => each.id === id)).length;
  return { ok: true, tabs, others };
}

function seen({ id, title = '', url = '' }: Tab, inView: Tab | null): TabSeen {
  return { id, title: title.slice(0, longestTitle), url: url.slice(0, longestUrl), inView: id === inView?.id };
}
