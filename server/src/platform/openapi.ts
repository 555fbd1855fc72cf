/** The description of all routes (OpenAPI 3.1), made when somebody asks: what makes it is not loaded before. */
import { LIMITS } from '@vitrine/schema';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';

/** Notes every route that is added from now on; gives the way to describe them. */
export function collectRoutes(app: Pick<FastifyInstance, 'addHook'>): () => Promise<string> {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));
  let described: Promise<string> | undefined;
  return () => (described ??= describe(routes));
}

/** A server that never listens gets the same routes with nothing behind them. */
async function describe(routes: readonly RouteOptions[]): Promise<string> {
  const { default: swagger } = await import('@fastify/swagger');
  const bare = Fastify({ exposeHeadRoutes: false, routerOptions: { maxParamLength: LIMITS.credentialIdChars } });
  bare.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
  await bare.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Vitrine', version: '1', description: 'Everything the web app does, anyone may do.' },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  for (const { method, url, schema } of routes) {
    const isDescribed = [method].flat().some((name) => name !== 'HEAD');
    if (isDescribed) bare.route({ method, url, ...(schema ? { schema } : {}), handler: () => undefined });
  }
  await bare.ready();
  return JSON.stringify(bare.swagger());
}
