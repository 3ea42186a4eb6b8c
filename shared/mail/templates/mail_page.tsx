import { Body } from "@react-email/body";
import { Button } from "@react-email/button";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Heading } from "@react-email/heading";
import { Hr } from "@react-email/hr";
import { Html } from "@react-email/html";
import { Link } from "@react-email/link";
import { Preview } from "@react-email/preview";
import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import type { ContentTools, MailContent } from "../content.ts";
import { BIG_FACE, COLOURS, TEXT_FACE } from "./colours.ts";
import { EventStub } from "./event_stub.tsx";

/** Every mail's page; its plain text is made of the same. */
export function MailPage(
  { content, t, format, language, homeUrl }: ContentTools & {
    content: MailContent;
    language: string;
    homeUrl: string;
  },
) {
  const { subject, preview, title, lead, event, isOff, facts, action, link, notes = [] } = content;
  return (
    <Html lang={language} dir="ltr">
      <Head>
        <title>{subject}</title>
        <meta name="color-scheme" content="light only" />
        <meta name="viewport" content="width=device-width" />
      </Head>
      <Preview>{preview}</Preview>
      <Body style={{ backgroundColor: COLOURS.well, margin: 0, fontFamily: TEXT_FACE }}>
        <Container style={{ maxWidth: 600, padding: "24px 12px" }}>
          <Section style={{ padding: "0 12px 16px" }}>
            <Link
              href={homeUrl}
              style={{ color: COLOURS.ink, fontFamily: BIG_FACE, fontSize: 26, fontWeight: 700 }}
            >
              Evently
            </Link>
          </Section>
          <Section
            style={{ backgroundColor: COLOURS.ground, borderRadius: 14, padding: "28px 24px 24px" }}
          >
            <Heading style={heading}>{title}</Heading>
            {lead.map((text) => <Text key={text} style={paragraph}>{text}</Text>)}
            {event && (
              <EventStub event={event} format={format} mark={isOff ? t.cancelledMark : undefined} />
            )}
            {facts?.map(([label, value]) => (
              <Text key={label} style={fact}>
                <span style={{ color: COLOURS.soft }}>{label}:</span>{" "}
                <strong>
                  <bdi>{value}</bdi>
                </strong>
              </Text>
            ))}
            {action && <Button href={action.url} style={button}>{action.label}</Button>}
            {link && (
              <Text style={paragraph}>
                <Link href={link.url} style={{ color: COLOURS.ink, textDecoration: "underline" }}>
                  {link.label}
                </Link>
              </Text>
            )}
            {notes.map((text) => <Text key={text} style={note}>{text}</Text>)}
          </Section>
          <Section style={{ padding: "8px 12px" }}>
            <Hr style={{ borderColor: COLOURS.line, margin: "8px 0" }} />
            <Text style={{ ...note, fontSize: 13, lineHeight: "19px" }}>{t.foot}</Text>
          </Section>
        </Container>
      </Body>
    </Html>
  );
}

const heading = {
  color: COLOURS.ink,
  fontFamily: BIG_FACE,
  fontSize: 36,
  lineHeight: "38px",
  fontWeight: 700,
  margin: "0 0 16px",
} as const;

const paragraph = {
  color: COLOURS.ink,
  fontSize: 17,
  lineHeight: "25px",
  margin: "0 0 12px",
  overflowWrap: "anywhere",
} as const;

const fact = { ...paragraph, fontSize: 16, lineHeight: "23px", margin: "0 0 6px" } as const;

const button = {
  backgroundColor: COLOURS.ink,
  color: COLOURS.ground,
  borderRadius: 10,
  fontSize: 17,
  fontWeight: 600,
  margin: "18px 0",
  padding: "14px 24px",
} as const;

const note = {
  ...paragraph,
  color: COLOURS.soft,
  fontSize: 15,
  lineHeight: "22px",
  margin: "0 0 10px",
} as const;
