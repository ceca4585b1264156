import { expectTexts } from './expressions.js';

describe('Numbers and days in programs', () => {
  it('come out of texts, or say that they do not', () => {
    expectTexts([
      ["Integer.valueOf('-12')", '-12'],
      ["Integer.valueOf('1.5')", 'System.TypeException: Invalid integer: 1.5'],
      ["Integer.valueOf('2147483648')", 'System.TypeException: Invalid integer: 2147483648'],
      ['Integer.valueOf(1.9)', '1'],
      ["Long.valueOf('9223372036854775807')", '9223372036854775807'],
      ["Decimal.valueOf('1.500')", '1.500'],
      ["Decimal.valueOf('x')", 'System.TypeException: Invalid decimal: x'],
      ["Double.valueOf('2.5')", '2.5'],
      ["Boolean.valueOf('TRUE')", 'true'],
      ["Boolean.valueOf('yes')", 'false'],
      ['Boolean.valueOf(null)', 'System.NullPointerException: Argument 1 cannot be null'],
    ]);
  });

  it('round, scale and divide as Java does', () => {
    expectTexts([
      ["Decimal.valueOf('2.5').round()", '2'],
      ["Decimal.valueOf('3.5').round()", '4'],
      ["Decimal.valueOf('-2.5').round(System.RoundingMode.HALF_UP)", '-3'],
      ["Decimal.valueOf('1.255').setScale(2)", '1.26'],
      ["Decimal.valueOf('1.245').setScale(2)", '1.24'],
      ["Decimal.valueOf('1.2').setScale(3)", '1.200'],
      ["Decimal.valueOf('1.21').setScale(1, RoundingMode.CEILING)", '1.3'],
      ["Decimal.valueOf('19').divide(100, 3)", '0.190'],
      ["Decimal.valueOf('12.4567').divide(7, 2, System.RoundingMode.UP)", '1.78'],
      ["Decimal.valueOf('1').divide(0, 2)", 'System.MathException: Divide by 0'],
      ["Decimal.valueOf('4.12').pow(2)", '16.9744'],
      ["Decimal.valueOf('123.45').precision() + '/' + Decimal.valueOf('1.50').scale()", '5/2'],
      ["Decimal.valueOf('1.500').stripTrailingZeros()", '1.5'],
      ["Decimal.valueOf('12345.6789').format()", '12,345.679'],
      ['1234567.format()', '1,234,567'],
      ["Decimal.valueOf('3000000000').intValue()", '-1294967296'],
      ['Math.abs(-5)', '5'],
      ['Math.mod(-7, 3)', '-1'],
      ['Math.mod(7, 0)', 'System.MathException: Divide by 0'],
      ["Math.ceil(Decimal.valueOf('1.2'))", '2'],
      ["Math.floor(Decimal.valueOf('-1.2'))", '-2'],
      ["Math.round(Decimal.valueOf('4.5'))", '4'],
      ['Math.max(3, 5) + Math.min(3, 5)', '8'],
      ['Math.rint(Double.valueOf(2.5)) + Math.rint(Double.valueOf(3.5))', '6.0'],
      ["Math.ceil(Double.valueOf(-1.5)) + ' ' + Math.floor(Double.valueOf(-1.5))", '-1.0 -2.0'],
      ["Math.round(Double.valueOf(2.5)) + ' ' + Math.roundToLong(Decimal.valueOf('2.5'))", '3 2'],
      ['Math.max(3L, 5) instanceof Long', 'true'],
      ['Math.mod(-7L, 3)', '-1'],
      ["Math.abs(Decimal.valueOf('-1.50'))", '1.50'],
      ['Math.pow(2, 10)', '1024.0'],
      ['Math.sqrt(Double.valueOf(9))', '3.0'],
      ['Math.signum(Double.valueOf(-3))', '-1.0'],
    ]);
  });

  it('go through the calendar', () => {
    expectTexts([
      ['Date.newInstance(2026, 1, 31).addMonths(1)', '2026-02-28'],
      ['Date.newInstance(2024, 2, 29).addYears(1)', '2025-02-28'],
      ['Date.newInstance(2026, 12, 31).addDays(1)', '2027-01-01'],
      ['Date.newInstance(2026, 13, 32)', '2027-02-01'],
      ['Date.newInstance(2026, 1, 1).daysBetween(Date.newInstance(2026, 3, 1))', '59'],
      ['Date.newInstance(2026, 1, 31).monthsBetween(Date.newInstance(2027, 2, 1))', '13'],
      ['Date.newInstance(2026, 11, 26).toStartOfWeek()', '2026-11-22'],
      ['Date.newInstance(2026, 11, 26).toStartOfMonth()', '2026-11-01'],
      ['Date.newInstance(2026, 11, 26).dayOfYear()', '330'],
      ['Date.newInstance(2026, 11, 6).format()', '11/6/2026'],
      ["Date.valueOf('2026-2-3')", '2026-02-03'],
      ["Date.valueOf('2026-02-30')", 'System.TypeException: Invalid date: 2026-02-30'],
      ["Date.parse('2/3/2026')", '2026-02-03'],
      ['Date.daysInMonth(2024, 2)', '29'],
      ['Date.isLeapYear(2100)', 'false'],
      ['Date.today()', '2026-11-29'],
    ]);
  });

  it('show moments in the zone of the user (Los Angeles) and in others', () => {
    expectTexts([
      ['Datetime.newInstance(2026, 7, 1, 12, 0, 0).hourGmt()', '19'],
      ['Datetime.newInstanceGmt(2026, 7, 1, 12, 0, 0)', '2026-07-01 05:00:00'],
      [
        "Datetime.newInstanceGmt(2026, 1, 5, 9, 7, 5).format('yyyy-MM-dd\\'T\\'HH:mm:ssZ', 'Europe/Berlin')",
        '2026-01-05T10:07:05+0100',
      ],
      ["Datetime.newInstanceGmt(2026, 1, 5, 9, 7, 5).formatGmt('EEE h:mm a')", 'Mon 9:07 AM'],
      ['Datetime.newInstanceGmt(2026, 1, 5, 9, 7, 5).format()', '1/5/2026, 1:07 AM'],
      ['Datetime.newInstanceGmt(2026, 1, 5, 9, 7, 5).formatLong()', '1/5/2026, 1:07:05 AM PST'],
      ["Datetime.valueOf('2026-01-05 10:00:00').getTime()", '1767636000000'],
      ["Datetime.valueOfGmt('2026-01-05 10:00:00').getTime()", '1767607200000'],
      ["Datetime.valueOf('2026-01-05')", 'System.TypeException: Invalid date/time: 2026-01-05'],
      ["Datetime.parse('1/5/2026, 10:30 PM')", '2026-01-05 22:30:00'],
      ["Datetime.newInstance(2026, 1, 5).date() + ''", '2026-01-05 00:00:00'],
      [
        'Datetime.newInstanceGmt(2026, 1, 5, 3, 0, 0).dateGmt().day() - Datetime.newInstanceGmt(2026, 1, 5, 3, 0, 0).day()',
        '1',
      ],
      ['Datetime.newInstance(2026, 1, 31, 8, 0, 0).addMonths(1)', '2026-02-28 08:00:00'],
      // A day is 24 hours; this one has 25.
      ['Datetime.newInstance(2026, 11, 1).addDays(1)', '2026-11-01 23:00:00'],
      ['Datetime.newInstance(0).addSeconds(90).getTime()', '90000'],
      ['Time.newInstance(23, 30, 5, 7).addHours(1).hour()', '0'],
      ['Time.newInstance(23, 30, 5, 7)', '23:30:05.007Z'],
    ]);
  });
});
