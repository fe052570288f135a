/** The id of what opens the drawer, which takes the focus where the drawer closes. */
export const OPEN_DRAWER = 'open-drawer';
