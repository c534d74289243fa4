import { applicationRoutes } from './pages/application/routes.ts';
import { applicationsRoutes } from './pages/applications.ts';
import { evidenceRoutes } from './pages/evidence.ts';
import { jobsRoutes } from './pages/jobs.ts';
import { letterRoutes } from './pages/letter.ts';
import { lettersRoutes } from './pages/letters.ts';
import { messageRoutes } from './pages/message.ts';
import { messagesRoutes } from './pages/messages.ts';
import { passwordRoutes } from './pages/password.ts';
import { settingsRoutes } from './pages/settings/routes.ts';
import { todayRoutes } from './pages/today.ts';
import type { Route } from './route.ts';

/** Every door of the console behind the login; a test walks them all with every role. */
export const routes: readonly Route[] = [
  ...todayRoutes,
  ...applicationsRoutes,
  ...applicationRoutes,
  ...evidenceRoutes,
  ...messagesRoutes,
  ...messageRoutes,
  ...lettersRoutes,
  ...letterRoutes,
  ...jobsRoutes,
  ...settingsRoutes,
  ...passwordRoutes,
];
