import { useEffect } from 'react';
import {
  channelName,
  type PageSays,
  type PresenterSays,
  toldOf,
} from '../../store/presenter-talk.ts';
import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';

/** Tells the presenter’s window what is on the screen, and does what it asks for. */
export function usePresenterTalk(): void {
  const store = useRankscopeStore();
  const presenter = useRankscope((state) => state.presenter);
  useEffect(() => {
    if (presenter === null) return;
    const channel = new BroadcastChannel(channelName(presenter));
    let last = '';
    const tell = (again: boolean) => {
      const says: PageSays = { kind: 'told', told: toldOf(store.getState()) };
      const text = JSON.stringify(says);
      if (text === last && !again) return;
      last = text;
      channel.postMessage(says);
    };
    channel.addEventListener('message', ({ data }: MessageEvent<PresenterSays>) => {
      if (data.kind === 'hello') tell(true);
      else perform(actionOf(data.by > 0 ? 'remote-on' : 'remote-back'), store);
    });
    const unsubscribe = store.subscribe(() => tell(false));
    const leave = () => {
      const says: PageSays = { kind: 'told', told: null };
      channel.postMessage(says);
    };
    window.addEventListener('pagehide', leave);
    tell(true);
    return () => {
      unsubscribe();
      window.removeEventListener('pagehide', leave);
      channel.close();
    };
  }, [presenter, store]);
}
