package io.taskhub.dag.api.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.template.TemplateService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /templates}: by id, at most 1,000; additive {@code limit} and {@code offset}. */
@Path("/templates")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TemplateList {
    private final TemplateService templates;

    TemplateList(TemplateService templates) {
        this.templates = templates;
    }

    /** @param next_offset additive: where the next page begins, absent when there is none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listing(
            boolean ok, List<TemplateView> data, @Nullable Integer next_offset) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    public String list(@QueryParam("limit") @Nullable String limit, @QueryParam("offset") @Nullable String offset) {
        int from = number(offset, 0, 0, Integer.MAX_VALUE / 2);
        var page = templates.list(from, number(limit, TemplateService.MAX_LISTED, 1, TemplateService.MAX_LISTED));
        List<TemplateView> views =
                page.templates().stream().map(TemplateView::of).toList();
        return JsonBody.write(new Listing(true, views, page.more() ? from + views.size() : null));
    }

    private static int number(@Nullable String text, int absent, int least, int most) {
        try {
            return text == null ? absent : Math.clamp(Long.parseLong(text.strip()), least, most);
        } catch (NumberFormatException e) {
            return absent;
        }
    }
}
