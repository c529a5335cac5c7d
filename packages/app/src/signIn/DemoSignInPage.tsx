import {
  Content,
  Header,
  Page,
  ProxiedSignInPage,
} from '@backstage/core-components';
import {
  configApiRef,
  SignInPageProps,
  useApi,
} from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { chosenPerson, forgetOnSignOut } from './chosenPerson';
import { PersonCards } from './PersonCards';
import { readPeople } from './readPeople';

/** Asks which person of the demo one wants to be. There is no password: the backend lets in only who is listed in app-config. */
export function DemoSignInPage({ onSignInSuccess }: SignInPageProps) {
  const config = useApi(configApiRef);
  const people = readPeople(config);
  const [chosen, setChosen] = useState(chosenPerson.read);

  function choose(entityRef: string) {
    chosenPerson.remember(entityRef);
    setChosen(entityRef);
  }
  function chooseAgain() {
    chosenPerson.forget();
    setChosen(undefined);
  }

  if (chosen) {
    return (
      <ProxiedSignInPage
        provider="demo"
        headers={{ 'x-day2-demo-user': chosen }}
        onSignInSuccess={identity => onSignInSuccess(forgetOnSignOut(identity))}
        ErrorComponent={({ error }) => (
          <CouldNotSignIn message={error?.message} onBack={chooseAgain} />
        )}
      />
    );
  }
  return (
    <Page themeId="service">
      <Header title={config.getOptionalString('app.title') ?? 'Day 2'} />
      <Content>
        <Typography variant="h2" gutterBottom>
          Who are you today?
        </Typography>
        <PersonCards people={people} onChoose={choose} />
      </Content>
    </Page>
  );
}

function CouldNotSignIn(props: {
  message: string | undefined;
  onBack(): void;
}) {
  return (
    <Page themeId="service">
      <Header title="Could not sign in" />
      <Content>
        <Typography role="alert" paragraph>
          {props.message ?? 'The backend did not answer.'}
        </Typography>
        <Typography paragraph>
          A portal that has just started may not know its people yet: try again
          in a few seconds.
        </Typography>
        <Button variant="contained" color="primary" onClick={props.onBack}>
          Choose again
        </Button>
      </Content>
    </Page>
  );
}
