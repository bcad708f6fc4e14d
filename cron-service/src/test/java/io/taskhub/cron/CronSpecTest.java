package io.taskhub.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CronSpecTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "61 * * * *     | minute: 61 is not in 0-59",
                "99999999999 * * * * | minute: 99999999999 is not in 0-59",
                "x * * * *      | minute: 'x' is not a number",
                "*/0 * * * *    | minute: step 0 is not in 1-59",
                "*/60 * * * *   | minute: step 60 is not in 1-59",
                "1,,2 * * * *   | minute: '1,,2' is not a list of values, ranges, stars and steps",
                "5/ * * * *     | minute: '5/' is not a list of values, ranges, stars and steps",
                "-5 * * * *     | minute: '-5' is not a list of values, ranges, stars and steps",
                "1.5 * * * *    | minute: '1.5' is not a list of values, ranges, stars and steps",
                "* 24 * * *     | hour: 24 is not in 0-23",
                "* 9-25 * * *   | hour: 25 is not in 0-23",
                "* 10-5 * * *   | hour: the range 10-5 runs backwards",
                "* * 0 * *      | day-of-month: 0 is not in 1-31",
                "* * L * *      | day-of-month: 'l' is not a number",
                "* * ? * *      | day-of-month: '?' is not a list of values, ranges, stars and steps",
                "* * * 13 *     | month: 13 is not in 1-12",
                "* * * foo *    | month: 'foo' is not one of jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec",
                "* * * * 8      | day-of-week: 8 is not in 0-7",
                "* * * * monday | day-of-week: 'monday' is not one of sun, mon, tue, wed, thu, fri, sat",
                "* * * * 1#2    | day-of-week: '1#2' is not a list of values, ranges, stars and steps",
                "0 0 30 2 *     | day-of-month: the spec never fires, no such day is in month 2",
                "0 0 31 4,6,9,11 * | day-of-month: the spec never fires, no such day is in month 4,6,9,11",
                "* * * *        | spec: exactly five fields are wanted (minute hour day-of-month month day-of-week), not 4",
                "0 * * * * *    | spec: exactly five fields are wanted (minute hour day-of-month month day-of-week), not 6",
                "@daily         | spec: exactly five fields are wanted (minute hour day-of-month month day-of-week), not 1",
                "''             | spec: exactly five fields are wanted (minute hour day-of-month month day-of-week), not 0"
            })
    void a_bad_spec_is_told_which_field_and_why(String spec, String message) {
        assertThatThrownBy(() -> CronSpec.parse(spec))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/15 * * * *            | 2026-11-20T10:07 | 2026-11-20T10:15",
                "5/20 * * * *            | 2026-11-20T10:26 | 2026-11-20T10:45",
                "1-5/2,7 3 * * *         | 2026-11-20T03:06 | 2026-11-20T03:07",
                "00 08 * * *             | 2026-11-20T08:00 | 2026-11-20T08:00",
                "0 0 1 JAN *             | 2026-11-20T00:00 | 2027-01-01T00:00",
                "0 0 * jan,FEB-mar *     | 2026-11-20T00:00 | 2027-01-01T00:00",
                "0 0 * * 7               | 2026-11-20T00:00 | 2026-11-22T00:00",
                "0 0 * * SUN             | 2026-11-20T00:01 | 2026-11-22T00:00",
                "0 0 * * sun-tue         | 2026-11-21T00:00 | 2026-11-22T00:00",
                "0 0 * * fri-sun         | 2026-11-22T00:00 | 2026-11-22T00:00",
                "0 0 * * 5-7             | 2026-11-22T00:01 | 2026-11-27T00:00",
                "0 0 13 * 5              | 2026-11-14T00:00 | 2026-11-20T00:00",
                "0 0 13 * 5              | 2026-12-12T00:00 | 2026-12-13T00:00",
                "0 0 13 * *              | 2026-11-14T00:00 | 2026-12-13T00:00",
                "0 0 */2 * 1             | 2026-11-20T00:00 | 2026-11-23T00:00",
                "0 0 */2 * 1             | 2026-11-24T00:00 | 2026-12-07T00:00",
                "0 0 29 2 *              | 2026-11-20T00:00 | 2028-02-29T00:00",
                "0 0 29 2 *              | 2096-03-01T00:00 | 2104-02-29T00:00",
                "0 0 31 * *              | 2026-11-20T00:00 | 2026-12-31T00:00",
                "59 23 31 12 *           | 2026-12-31T23:59 | 2026-12-31T23:59"
            })
    void a_good_spec_fires_when_unix_cron_does(String spec, LocalDateTime from, LocalDateTime next) {
        assertThat(CronSpec.parse(spec).nextOrSame(from)).isEqualTo(next);
        assertThat(CronSpec.parse(spec).matches(next)).isTrue();
    }
}
