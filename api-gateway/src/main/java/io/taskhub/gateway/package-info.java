/**
 * The one origin of every contract: who calls, may they, and which service answers.
 *
 * <pre>
 *   request ─▶ front.FrontDoor ─▶ guard (shape, rate) ─▶ routing.RouteTable ─▶ identity.Callers ─┬─▶ proxy.Forwarder ─▶ a service
 *                                                                                             └─▶ own endpoints (api)
 * </pre>
 *
 * Everything up to the service runs on the event loop that read the request; only what needs the database or a password hash
 * leaves it. The gateway knows no field of any task.
 */
@NullMarked
package io.taskhub.gateway;

import org.jspecify.annotations.NullMarked;
