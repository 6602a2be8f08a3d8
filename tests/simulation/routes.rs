//! Every route the client may know, and what it does.

use insurup_core::endpoint::Method;
use insurup_core::json::Value;
use insurup_core::transport::Request;

use crate::faults::Fault;
use crate::market::{Standing, Vehicle, proposal};
use crate::payments::Bought;
use crate::tokens::{Pair, Verified};
use crate::wire::{self, object};
use crate::world::{Reply, World, ok, problem};

const REGISTERED: &str = "34ABC123";

impl World {
    pub(crate) fn route(&mut self, request: &Request, fault: Option<Fault>, now: u64) -> Reply {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let segments: Vec<_> = path.split('/').collect();
        let (method, body) = (request.method, request.body.as_ref().unwrap_or(&Value::Null));
        match (method, segments.as_slice()) {
            (Method::Post, ["auth", "customer", "login-or-register"]) => return self.sign_in(body, fault, now),
            (Method::Post, ["auth", "customer", "verify-mfa"]) => return self.verify(body, now),
            (Method::Post, ["auth", "customer", "refresh"]) => return self.refresh(body, now),
            _ => {}
        }
        // EXPOSE: the server looks at what it was sent.
        let bearer = request.bearer.as_ref().map(|bearer| bearer.expose().as_str());
        let Some(family) = bearer.and_then(|bearer| self.tokens.bearer(bearer, now)) else { return problem(401, "unauthorized") };
        if family.unproved {
            self.wrong.push(format!("{path} with tokens nobody proved a phone for"));
        }
        let customer = family.customer;
        let own = |id: &str| self.customers[customer].id == id;
        match (method, segments.as_slice()) {
            (Method::Get, ["customers", "me"]) => self.me(customer),
            (Method::Get, ["customers", "me", "vehicles"]) => self.vehicles(customer),
            (Method::Get, ["address-parameters", "cities"]) => ok(choices(&[("06", "ANKARA"), ("34", "İSTANBUL")])),
            (Method::Get, ["vehicle-parameters", "brands"]) => ok(choices(&[("107", "RENAULT"), ("45", "FORD/OTOSAN")])),
            (Method::Get, ["vehicle-parameters", "models"]) if query.contains("brandReference=") && query.contains("year=") => {
                ok(choices(&[("1070412", "CLIO 1.5 DCI"), ("1070413", "MEGANE")]))
            }
            (Method::Post, ["graphql"]) if wire::asks_for_own(body) => self.mine(customer, now),
            (Method::Post, ["graphql"]) => match wire::customer_of_query(body) {
                Some(id) if own(&id) => self.cases(customer),
                Some(_) => problem(404, "resource-not-found"),
                None => self.not_understood(path),
            },
            (Method::Post, ["cases:new-sale-opportunity"]) => match wire::customer_of_case(body) {
                Some(id) if own(&id) => {
                    self.customers[customer].cases += 1;
                    ok("case-1".into())
                }
                Some(_) => problem(404, "resource-not-found"),
                None => self.not_understood(path),
            },
            (Method::Get, ["customers", id, "consents"]) if own(id) => ok(object([("consents", Vec::new().into())])),
            (Method::Put, ["customers", id]) if own(id) => ok(Value::Null),
            (Method::Post, ["customers", id, ..]) if !own(id) => problem(404, "resource-not-found"),
            (Method::Post, ["customers", _, "consents"]) => match wire::consent(body) {
                Some(_) => ok(Value::Null),
                None => self.not_understood(path),
            },
            (Method::Post, ["customers", _, "vehicles", "external-lookup"]) => match wire::plate(body) {
                Some(plate) => self.look_up(&plate),
                None => self.not_understood(path),
            },
            (Method::Post, ["customers", _, "vehicles"]) => self.create_vehicle(customer, body, path),
            (Method::Post, ["proposals"]) => self.create_proposal(customer, body, now, path),
            (method, ["proposals", id, rest @ ..]) => {
                let found = self.proposals.iter().position(|proposal| proposal.id == *id && proposal.customer == customer);
                self.of_proposal(method, found, rest, body, now, path)
            }
            (Method::Post, ["policies", id, "document", "send"]) if self.payments.policy(id).is_some() => ok(Value::Null),
            (Method::Get, ["policies", id, rest @ ..]) => self.of_policy(customer, id, rest, path),
            _ => self.unknown(method, path),
        }
    }

    fn unknown(&mut self, method: Method, path: &str) -> Reply {
        self.unknown.push(format!("{} {path}", method.as_str()));
        problem(404, "resource-not-found")
    }

    fn not_understood(&mut self, path: &str) -> Reply {
        self.wrong.push(format!("{path} in another form"));
        problem(500, "internal")
    }

    fn sign_in(&mut self, body: &Value, fault: Option<Fault>, now: u64) -> Reply {
        let Some(login) = wire::login(body) else { return self.not_understood("login-or-register") };
        let known = self.customers.iter().position(|customer| customer.identity == login.identity && customer.phone == login.phone);
        let Some(customer) = known else { return problem(422, "business-rule") };
        if fault == Some(Fault::NoCode) {
            return ok(pair(self.tokens.open(customer, self.tab, true, now, &mut self.random)));
        }
        let token = self.tokens.send_code(customer, self.tab, now, &mut self.random);
        ok(object([("token", token.into()), ("customerId", "not-to-be-used".into())]))
    }

    fn verify(&mut self, body: &Value, now: u64) -> Reply {
        let Some(code) = wire::code(body) else { return self.not_understood("verify-mfa") };
        match self.tokens.verify(&code.token, &code.code, self.tab, now, &mut self.random) {
            Verified::Pair(tokens) => {
                self.signed_in();
                ok(pair(tokens))
            }
            Verified::Wrong(why, left) => {
                Reply { status: 400, body: object([("codes", vec![why.into()].into()), ("remainingAttempts", i64::from(left).into())]) }
            }
        }
    }

    fn refresh(&mut self, body: &Value, now: u64) -> Reply {
        let Some(token) = wire::refresh(body) else { return self.not_understood("refresh") };
        match self.tokens.refresh(&token, now, &mut self.random) {
            Some(tokens) => ok(pair(tokens)),
            None => problem(401, "unauthorized"),
        }
    }

    fn me(&self, customer: usize) -> Reply {
        let id = self.customers[customer].id.as_str();
        ok(object([
            ("$type", "individual".into()),
            ("id", id.into()),
            ("fullName", "Deniz Yılmaz".into()),
            ("birthDate", "1990-04-23".into()),
        ]))
    }

    fn vehicles(&self, customer: usize) -> Reply {
        let show = |vehicle: &Vehicle| object([("id", vehicle.id.as_str().into()), ("plate", plate(&vehicle.plate))]);
        ok(self.customers[customer].vehicles.iter().map(show).collect::<Vec<_>>().into())
    }

    fn cases(&self, customer: usize) -> Reply {
        let case = || {
            let kind = [("productBranch", "KASKO".into()), ("type", "SALE_OPPORTUNITY".into()), ("status", "OPEN".into())];
            object([("id", "case-1".into())].into_iter().chain(kind))
        };
        let items: Vec<_> = (0..self.customers[customer].cases).map(|_| case()).collect();
        ok(object([("data", object([("cases", object([("items", items.into())]))]))]))
    }

    /// Proposals and policies of the customer. A list may be older than what has become of it.
    fn mine(&mut self, customer: usize, now: u64) -> Reply {
        let own = self.proposals.iter().filter(|proposal| proposal.customer == customer);
        let proposals: Vec<_> = own
            .map(|proposal| {
                let state = if self.random.chance(200) { "PURCHASED" } else { "ACTIVE" };
                let bought = proposal.offers.iter().any(|offer| matches!(self.payments.state(&offer.id, now), Bought::Purchased { .. }));
                object([
                    ("id", proposal.id.as_str().into()),
                    ("productBranch", if self.random.chance(900) { "KASKO" } else { "TRAFIK" }.into()),
                    ("state", if bought { state } else { "ACTIVE" }.into()),
                ])
            })
            .collect();
        let policies: Vec<_> = self.payments.policies(customer).into_iter().map(|id| object([("id", id.into())])).collect();
        let list = |items: Vec<Value>| object([("items", items.into())]);
        ok(object([("data", object([("proposals", list(proposals)), ("policies", list(policies))]))]))
    }

    fn look_up(&mut self, wanted: &str) -> Reply {
        if wanted != REGISTERED {
            return problem(404, "resource-not-found");
        }
        let choice = |value: &'static str, text: &'static str| object([("value", value.into()), ("text", text.into())]);
        let model = [("year", 2019.into()), ("brand", choice("107", "RENAULT")), ("type", choice("1070412", "CLIO 1.5 DCI"))];
        let mut found = vec![("plate", plate(wanted)), ("model", object(model)), ("utilizationStyle", "PRIVATE_CAR".into())];
        // Sometimes the registry does not know the fuel.
        if self.random.chance(800) {
            found.push(("fuelType", "DIESEL".into()));
        }
        ok(object(found))
    }

    fn create_vehicle(&mut self, customer: usize, body: &Value, path: &str) -> Reply {
        let Some(vehicle) = wire::new_vehicle(body).filter(|vehicle| !vehicle.brand.is_empty() && !vehicle.model.is_empty()) else {
            return self.not_understood(path);
        };
        let vehicles = &mut self.customers[customer].vehicles;
        // Of vehicles without a plate there may be any number.
        if vehicle.plate.len() > 2 && vehicles.iter().any(|known| known.plate == vehicle.plate) {
            return problem(409, "resource-duplicate");
        }
        let id =
            format!("vehicle-{}{}", vehicle.plate, if vehicle.plate.len() > 2 { String::new() } else { format!("-{}", vehicles.len()) });
        vehicles.push(Vehicle { id: id.clone(), plate: vehicle.plate });
        ok(object([("id", id.into())]))
    }

    fn create_proposal(&mut self, customer: usize, body: &Value, now: u64, path: &str) -> Reply {
        let Some(asked) = wire::new_proposal(body) else { return self.not_understood(path) };
        let who = &self.customers[customer];
        if asked.insurer != who.id || asked.insured != who.id || !who.vehicles.iter().any(|vehicle| vehicle.id == asked.vehicle) {
            return problem(404, "resource-not-found");
        }
        let made = proposal(self.proposals.len(), customer, now, &mut self.random);
        let id = made.id.clone();
        self.proposals.push(made);
        ok(object([("proposalId", id.into())]))
    }

    fn of_proposal(&mut self, method: Method, found: Option<usize>, rest: &[&str], body: &Value, now: u64, path: &str) -> Reply {
        let known = matches!(
            (method, rest),
            (Method::Get, [] | ["products"] | ["products", _, "document" | "information-form-document" | "coverage"])
                | (
                    Method::Post,
                    ["products", _, "purchase", "async"]
                        | ["products", _, "retry"]
                        | ["products", _, "document" | "information-form-document", "send"]
                )
        );
        if !known {
            return self.unknown(method, path);
        }
        let Some(place) = found else { return problem(404, "resource-not-found") };
        let offer = |id: &str| self.proposals[place].offers.iter().find(|offer| offer.id == id);
        match rest {
            [] => self.read_proposal(place, now),
            ["products", id, "document" | "information-form-document"] if offer(id).is_some() => {
                ok(object([("url", "https://files.example/offer.pdf?sig=1".into())]))
            }
            ["products", id, "coverage"] if offer(id).is_some() => {
                ok(object([("coverage", object([("yanma", object([("$type", "INCLUDED".into())]))]))]))
            }
            ["products", id, "retry"] if offer(id).is_some() => self.retry(place, id, now),
            ["products", id, _, "send"] if offer(id).is_some() => ok(Value::Null),
            ["products", id, "purchase", "async"] => self.purchase(place, id, body, now),
            _ => problem(404, "resource-not-found"),
        }
    }

    fn read_proposal(&self, place: usize, now: u64) -> Reply {
        let proposal = &self.proposals[place];
        let show = |offer: &crate::market::Offer| {
            let (state, policy) = match self.payments.state(&offer.id, now) {
                Bought::Untouched => (None, None),
                Bought::Purchasing => (Some("PURCHASING"), None),
                Bought::Purchased { policy, visible } => (Some("PURCHASED"), visible.then_some(policy)),
                Bought::Failed => (Some("PURCHASE_FAILED"), None),
            };
            offer.show(now, state, policy)
        };
        let count = i64::try_from(proposal.offers.len()).unwrap_or(0);
        ok(object([
            ("proposalId", proposal.id.as_str().into()),
            ("state", "ACTIVE".into()),
            ("totalProductsCount", count.into()),
            ("products", proposal.offers.iter().map(show).collect::<Vec<_>>().into()),
        ]))
    }

    /// Only who failed is asked again.
    fn retry(&mut self, place: usize, id: &str, now: u64) -> Reply {
        let Self { proposals, random, .. } = self;
        let failed = proposals[place].offers.iter_mut().find(|offer| offer.id == id && offer.standing(now) == Standing::Failed);
        let Some(offer) = failed else { return problem(409, "business-rule") };
        offer.ask_again(now, random);
        ok(Value::Null)
    }

    /// Naive on purpose: whatever was bought or is being bought already, this call buys.
    fn purchase(&mut self, place: usize, id: &str, body: &Value, now: u64) -> Reply {
        let proposal = &self.proposals[place];
        let (customer, offer) = (proposal.customer, proposal.offers.iter().find(|offer| offer.id == id));
        let asked = wire::purchase(body).filter(|asked| asked.product == id && asked.proposal == proposal.id);
        let Some((asked, offer)) = asked.zip(offer) else { return self.not_understood("purchase/async") };
        if offer.price_of(asked.instalments).is_none() || offer.standing(now) == Standing::Waiting {
            return self.not_understood("purchase/async");
        }
        let page = self.payments.receive(customer, id, now, &mut self.random);
        ok(object([("redirectUrl", page.into())]))
    }

    fn of_policy(&mut self, customer: usize, id: &str, rest: &[&str], path: &str) -> Reply {
        if !matches!(rest, [] | ["document"]) {
            return self.unknown(Method::Get, path);
        }
        let own = self.payments.policy(id).filter(|attempt| attempt.customer == customer).map(|attempt| attempt.product.clone());
        let Some(product) = own else { return problem(404, "resource-not-found") };
        match rest {
            [] => ok(object([("id", id.into()), ("proposalProductId", product.into()), ("insuranceCompanyPolicyNumber", "K-1".into())])),
            // It takes a while to be printed.
            _ if self.random.chance(500) => problem(404, "resource-not-found"),
            _ => ok(object([("url", "https://files.example/policy.pdf".into())])),
        }
    }
}

fn pair(pair: Pair) -> Value {
    let life = i64::try_from(pair.life_seconds).unwrap_or(600);
    object([("accessToken", pair.access.into()), ("refreshToken", pair.refresh.into()), ("expiresIn", life.into())])
}

fn plate(compact: &str) -> Value {
    let (city, code) = compact.split_at(2);
    object([("city", city.parse::<i64>().unwrap_or(0).into()), ("code", code.into())])
}

fn choices(list: &[(&'static str, &'static str)]) -> Value {
    list.iter().map(|(value, text)| object([("value", (*value).into()), ("text", (*text).into())])).collect::<Vec<_>>().into()
}
