import { createFileRoute } from '@tanstack/react-router';
import { NotMe } from '@/features/auth/components/not-me';

export const Route = createFileRoute('/not-me')({ component: NotMe });
