import Button from '@material-ui/core/Button';
import Card from '@material-ui/core/Card';
import CardActions from '@material-ui/core/CardActions';
import CardContent from '@material-ui/core/CardContent';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import { Person } from './readPeople';

export function PersonCards(props: {
  people: Person[];
  onChoose(entityRef: string): void;
}) {
  if (props.people.length === 0) {
    return (
      <Typography>
        Nobody is listed in auth.providers.demo.users of app-config.
      </Typography>
    );
  }
  return (
    <Grid container spacing={3}>
      {props.people.map(person => (
        <Grid item xs={12} sm={6} md={4} key={person.entityRef}>
          <Card>
            <CardContent>
              <Typography variant="h5" component="h3">
                {person.name}
              </Typography>
              <Typography color="textSecondary">{person.team}</Typography>
              <Typography>{person.sees}</Typography>
            </CardContent>
            <CardActions>
              <Button
                color="primary"
                variant="contained"
                onClick={() => props.onChoose(person.entityRef)}
              >
                Enter as {person.name}
              </Button>
            </CardActions>
          </Card>
        </Grid>
      ))}
    </Grid>
  );
}
