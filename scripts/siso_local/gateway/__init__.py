"""The one origin of the platform, like the API gateway of hosted Supabase.

It checks API keys, answers CORS, sets limits and routes to PostgREST, Auth, Storage, Realtime and the workers. It
leaves out what only matters between tenants: plan limits, custom domains, network restrictions, GraphQL.
"""
