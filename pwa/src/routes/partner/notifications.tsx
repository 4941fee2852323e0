import { createFileRoute } from '@tanstack/react-router';
import { NotificationsPage } from '@/features/notifications/components/notification-lists';

export const Route = createFileRoute('/partner/notifications')({ component: NotificationsPage });
