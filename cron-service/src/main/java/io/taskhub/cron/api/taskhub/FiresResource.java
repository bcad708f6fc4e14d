package io.taskhub.cron.api.taskhub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.cron.CronConfig;
import io.taskhub.cron.Fire;
import io.taskhub.cron.InvalidSpecException;
import io.taskhub.cron.Job;
import io.taskhub.cron.Schedule;
import io.taskhub.cron.api.Body;
import io.taskhub.cron.fires.FireHistory;
import io.taskhub.cron.fires.HandFires;
import io.taskhub.cron.jobs.Jobs;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fires of a job, all additive: those to come, those that were, and those that somebody asks for. */
@Path("/api/cron/jobs/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class FiresResource {
    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final int PREVIEW = 10;
    private static final int MOST = 100;
    private static final int PAGE = 50;
    private static final long MS = 1_000;

    /** A fire to come: epoch seconds, and the job's own local time with its offset. */
    public record Coming(long epoch, String time) {}

    /** The preview's answer. */
    public record Preview(boolean ok, String timezone, List<Coming> times) {}

    /** @param fire claimed with status 202 when the engine is away: it is created later */
    public record Ran(boolean ok, FireView fire) {}

    /** @param times epoch ms of the fires made, {@code already} how many had been made before */
    public record Backfilled(boolean ok, int created, int already, List<Long> times) {}

    /** @param next_before what to ask for next; null at the end */
    public record History(
            boolean ok, List<FireView> fires, @Nullable Long next_before) {}

    private final Jobs jobs;
    private final HandFires hand;
    private final FireHistory history;
    private final CronConfig config;

    @Inject
    public FiresResource(Jobs jobs, HandFires hand, FireHistory history, CronConfig config) {
        this.jobs = jobs;
        this.hand = hand;
        this.history = history;
        this.config = config;
    }

    @GET
    @Path("next")
    @RolesAllowed(Roles.VIEWER)
    public Response next(@PathParam("id") String id, @QueryParam("n") @Nullable String n) {
        return jobs.find(id)
                .map(job -> Response.ok(preview(job.schedule(), (int) number(n, PREVIEW, MOST)))
                        .build())
                .orElseGet(JobsResource::unknown);
    }

    @POST
    @Path("run")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Response run(@PathParam("id") String id) {
        return hand.now(id)
                .map(fire -> Response.status(fire.state() == Fire.State.ADMITTED ? ACCEPTED : OK)
                        .entity(new Ran(true, FireView.of(fire)))
                        .build())
                .orElseGet(JobsResource::unknown);
    }

    /** {@code {"from","to"}}, both included. */
    @POST
    @Path("backfill")
    @Consumes({MediaType.APPLICATION_JSON, "application/*+json", MediaType.APPLICATION_FORM_URLENCODED})
    @RolesAllowed(Roles.OPERATOR)
    public Response backfill(@PathParam("id") String id, byte[] json) {
        Body body = Body.of(json);
        return jobs.find(id)
                .map(job -> Response.ok(backfill(job, time(body, "from"), time(body, "to")))
                        .build())
                .orElseGet(JobsResource::unknown);
    }

    @GET
    @Path("fires")
    @RolesAllowed(Roles.VIEWER)
    public Response fires(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("before") @Nullable String before) {
        if (jobs.find(id).isEmpty()) {
            return JobsResource.unknown();
        }
        int most = (int) number(limit, PAGE, 10 * MOST);
        List<FireView> fires = history.page(id, number(before, Long.MAX_VALUE, Long.MAX_VALUE), most).stream()
                .map(FireView::of)
                .toList();
        Long next = fires.size() < most ? null : (Long) fires.getLast().id();
        return Response.ok(new History(true, fires, next)).build();
    }

    private Preview preview(Schedule schedule, int n) {
        List<Coming> times = schedule.after(history.nowMs(), Long.MAX_VALUE, n).stream()
                .map(ms -> new Coming(
                        ms / MS,
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                                Instant.ofEpochMilli(ms).atZone(schedule.zone()))))
                .toList();
        return new Preview(true, schedule.zone().getId(), times);
    }

    private Backfilled backfill(Job job, long from, long to) {
        if (from > to) {
            throw new InvalidSpecException("from: must not be after 'to'");
        }
        if (to > history.nowMs()) {
            throw new InvalidSpecException("to: must not be in the future");
        }
        int most = config.madeUp();
        List<Long> times = job.schedule().after(from - 1, to, most + 1);
        if (times.size() > most) {
            throw new InvalidSpecException("to: more than " + most + " fires are in the range, the last that fits is "
                    + Instant.ofEpochMilli(times.get(most - 1)));
        }
        List<Long> made = times.isEmpty() ? List.of() : hand.backfill(job, times);
        return new Backfilled(true, made.size(), times.size() - made.size(), made);
    }

    private static long time(Body body, String field) {
        String text = body.text(field);
        if (text.isEmpty()) {
            throw new InvalidSpecException(field + ": is required");
        }
        return Times.parse(field, text);
    }

    /** What does not parse counts as absent; the rest is clamped. */
    private static long number(@Nullable String text, long absent, long most) {
        try {
            return text == null ? absent : Math.clamp(Long.parseLong(text.strip()), 1, most);
        } catch (NumberFormatException e) {
            return absent;
        }
    }
}
